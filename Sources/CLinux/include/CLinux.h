#ifndef ASSAY_CLINUX_H
#define ASSAY_CLINUX_H

// The numbers of netlink, links, addresses, routes and connection tracking, straight from the kernel's own headers.
#include <linux/ethtool.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <stdint.h>
#include <sys/types.h>

// Unless said otherwise a function returns 0 (or a descriptor), or a negative errno.

// MARK: Namespaces

/// Moves the calling thread into new namespaces; flags as for unshare(2). 0, or an errno.
int assay_unshare(int flags);

/// Moves the calling thread into the namespace behind a descriptor; 0, or an errno.
int assay_setns(int descriptor, int flags);

/// Flags for the two calls above.
extern const int assay_clone_newuser;
extern const int assay_clone_newnet;

// MARK: Raw frames

/// A packet socket bound to an interface for sending alone: it has no protocol, so nothing is queued on it.
int assay_packet_socket(int interface_index);

/// The most frames that one call sends.
#define ASSAY_PACKET_BATCH 64

/// Sends frames, which lie one behind the other, in this order and without waiting. How many went out, which may be
/// fewer than `count`; or the negative errno that the first of them met.
int assay_packet_send(int descriptor, const void *frames, const uint32_t *lengths, int count);

// MARK: Waiting

/// Waits until one of `count` (at most 4) descriptors is readable, a signal arrives or the time is over. A bit
/// mask of the ready ones (0: time over or a signal), or a negative errno. A negative time waits for ever.
int assay_wait_readable(const int *descriptors, int count, int64_t nanoseconds);

/// Waits until a descriptor is writable: 1, 0 if the time is over, or a negative errno.
int assay_wait_writable(int descriptor, int milliseconds);

/// Sleeps, or less long if a signal arrives.
void assay_pause(int64_t nanoseconds);

// MARK: Offloads

/// Reads an on/off setting (ETHTOOL_GTSO and its like) of an interface: 0, 1, or a negative errno.
int assay_ethtool_get(int socket, const char *interface, uint32_t command);

/// The name of an interface's driver, cut to the buffer: 0, or a negative errno.
int assay_ethtool_driver(const char *interface, char *name, size_t size);

/// Changes an on/off setting of an interface.
int assay_ethtool_set(int socket, const char *interface, uint32_t command, uint32_t value);

// MARK: Signals

/// From now on SIGINT and SIGTERM only set a flag and end waits.
int assay_signal_install(void);

/// Forgets what arrived, for tests.
void assay_signal_reset(void);

/// The signal that arrived last, or 0.
int assay_signal_pending(void);

/// How many arrived.
int assay_signal_count(void);

/// A descriptor which becomes readable when a signal arrives, or -1.
int assay_signal_descriptor(void);

// MARK: Processes

/// Starts a program in a session of its own, its standard input and error at /dev/null and its standard output
/// at `output`. The process's id, or a negative errno.
int assay_spawn_detached(const char *path, char *const argv[], int output);

/// Runs a program to its end in the calling thread's namespaces, with these descriptors as its standard ones. 0 and
/// its exit status (128 and the signal if one ended it), or a negative errno.
int assay_run(const char *path, char *const argv[], int input, int output, int errors, int *status);

/// A file that nobody else sees and that is gone when it's closed; its descriptor, or a negative errno.
int assay_memory_file(void);

/// Starts TCP and UDP echo on a port of the current network namespace, in a child process that ends with this one.
/// The process's id, or a negative errno.
int assay_echo_start(int port, int with_ipv6);

#endif
