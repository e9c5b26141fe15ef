#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// Starts a program with these descriptors (-1: /dev/null) and none besides; its process, or a negative errno.
static pid_t spawn(const char *path, char *const argv[], short flags, const int descriptors[3]) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  if (posix_spawn_file_actions_init(&files) != 0) return -ENOMEM;
  if (posix_spawnattr_init(&attributes) != 0) {
    posix_spawn_file_actions_destroy(&files);
    return -ENOMEM;
  }
  sigset_t none, defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGINT);
  sigaddset(&defaults, SIGTERM);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, flags | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++) {
    int mode = i == STDIN_FILENO ? O_RDONLY : O_WRONLY;
    if (descriptors[i] >= 0) posix_spawn_file_actions_adddup2(&files, descriptors[i], i);
    else posix_spawn_file_actions_addopen(&files, i, "/dev/null", mode, 0);
  }
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  // A caller that waits for the end of an inherited pipe would wait for this process.
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
#endif
  pid_t child = -1;
  int reason = posix_spawn(&child, path, &files, &attributes, argv, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  return reason != 0 ? -reason : child;
}

int assay_spawn_detached(const char *path, char *const argv[], int output) {
  return spawn(path, argv, POSIX_SPAWN_SETSID, (int[]){-1, output, -1});
}

int assay_run(const char *path, char *const argv[], int input, int output, int errors, int *status) {
  pid_t child = spawn(path, argv, 0, (int[]){input, output, errors});
  if (child < 0) return child;
  int result = 0;
  while (waitpid(child, &result, 0) < 0)
    if (errno != EINTR) return -errno;
  *status = WIFEXITED(result) ? WEXITSTATUS(result) : 128 + WTERMSIG(result);
  return 0;
}

int assay_memory_file(void) {
  int descriptor = memfd_create("assay", MFD_CLOEXEC);
  return descriptor < 0 ? -errno : descriptor;
}
