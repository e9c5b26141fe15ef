#ifndef ASSAY_CLINUX_H
#define ASSAY_CLINUX_H

/// Moves the calling thread into new namespaces; flags as for unshare(2). 0, or an errno.
int assay_unshare(int flags);

/// Moves the calling thread into the namespace behind a descriptor; 0, or an errno.
int assay_setns(int descriptor, int flags);

/// Flags for the two calls above.
extern const int assay_clone_newuser;
extern const int assay_clone_newnet;

#endif
