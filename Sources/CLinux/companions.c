#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { kept_limit = 8 };

// Keeps these descriptors, which are in ascending order, and closes all others.
static void close_others(const int *kept, int count) {
  unsigned from = 0;
  for (int i = 0; i <= count; i++) {
    unsigned to = i < count ? (unsigned)kept[i] : ~0u;
    if (from < to) {
#ifdef SYS_close_range
      if (syscall(SYS_close_range, from, i < count ? to - 1 : to, 0) != 0)
#endif
      {
        struct rlimit limit = {.rlim_cur = 1024};
        getrlimit(RLIMIT_NOFILE, &limit);
        for (unsigned d = from; d < to && d < limit.rlim_cur && d < 65536; d++) close((int)d);
      }
    }
    from = to + 1;
  }
}

// Makes the child independent of everything but its parent's life.
static void settle(const char *name, pid_t parent, const int *descriptors, int count, int life) {
  setsid();
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NAME, name);
  if (getppid() != parent) _exit(0);
  int kept[kept_limit + 1];
  memcpy(kept, descriptors, sizeof(int) * (size_t)count);
  kept[count] = life;
  // Opened one after the other they may still fill gaps, so they are sorted.
  for (int i = 1; i <= count; i++)
    for (int j = i; j > 0 && kept[j - 1] > kept[j]; j--) {
      int other = kept[j];
      kept[j] = kept[j - 1];
      kept[j - 1] = other;
    }
  close_others(kept, count + 1);
  if (chdir("/") != 0) { /* It keeps its parent's directory in use. */ }
}

pid_t assay_fork_companion(const char *name, const int *descriptors, int count, int *life) {
  int ends[2];
  if (count < 0 || count > kept_limit) return -EINVAL;
  if (pipe2(ends, O_CLOEXEC) != 0) return -errno;
  pid_t parent = getpid();
  pid_t process = fork();
  if (process == 0) {
    settle(name, parent, descriptors, count, ends[0]);
    *life = ends[0];
    return 0;
  }
  int reason = errno;
  close(ends[0]);
  if (process < 0) {
    close(ends[1]);
    return -reason;
  }
  // Nothing is ever written to it; it stays open until this process ends, however it does.
  *life = ends[1];
  return process;
}
