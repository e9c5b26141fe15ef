#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static volatile sig_atomic_t last_signal = 0;
static volatile sig_atomic_t arrivals = 0;
static volatile sig_atomic_t wake = -1;

static void note(int number) {
  int saved = errno;
  last_signal = number;
  arrivals = arrivals + 1;
  // A signal just before a wait would be slept over if only the flag were set.
  uint64_t one = 1;
  if (wake >= 0 && write(wake, &one, sizeof one) < 0) { /* The wait ends at its deadline. */ }
  errno = saved;
}

int assay_signal_install(void) {
  if (wake < 0) {
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (descriptor < 0) return -errno;
    wake = descriptor;
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note;  // No SA_RESTART: waits end with EINTR.
  sigemptyset(&action.sa_mask);
  if (sigaction(SIGINT, &action, NULL) != 0 || sigaction(SIGTERM, &action, NULL) != 0) return -errno;
  // Whoever started this process may have had them blocked.
  sigset_t both;
  sigemptyset(&both);
  sigaddset(&both, SIGINT);
  sigaddset(&both, SIGTERM);
  return -pthread_sigmask(SIG_UNBLOCK, &both, NULL);
}

void assay_signal_reset(void) {
  last_signal = 0;
  arrivals = 0;
  uint64_t count;
  if (wake >= 0 && read(wake, &count, sizeof count) < 0) { /* Nothing was pending. */ }
}

int assay_signal_pending(void) { return last_signal; }

int assay_signal_count(void) { return arrivals; }

int assay_signal_descriptor(void) { return wake; }
