#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <sched.h>

const int assay_clone_newuser = CLONE_NEWUSER;
const int assay_clone_newnet = CLONE_NEWNET;

int assay_unshare(int flags) { return unshare(flags) == 0 ? 0 : errno; }

int assay_setns(int descriptor, int flags) { return setns(descriptor, flags) == 0 ? 0 : errno; }
