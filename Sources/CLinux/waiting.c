#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

int assay_wait_readable(const int *descriptors, int count, int64_t nanoseconds) {
  struct pollfd waits[8];
  if (count < 0 || count > 8) return -EINVAL;
  for (int i = 0; i < count; i++) waits[i] = (struct pollfd){.fd = descriptors[i], .events = POLLIN};
  struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  int ready = ppoll(waits, (nfds_t)count, nanoseconds < 0 ? NULL : &limit, NULL);
  if (ready < 0) return errno == EINTR ? 0 : -errno;
  int mask = 0;
  for (int i = 0; i < count; i++)
    if (waits[i].revents) mask |= 1 << i;
  return mask;
}

int assay_wait_writable(int descriptor, int milliseconds) {
  struct pollfd wait = {.fd = descriptor, .events = POLLOUT};
  int ready = poll(&wait, 1, milliseconds);
  if (ready < 0) return errno == EINTR ? 0 : -errno;
  return ready > 0;
}

void assay_pause(int64_t nanoseconds) {
  struct timespec time = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  nanosleep(&time, NULL);
}
