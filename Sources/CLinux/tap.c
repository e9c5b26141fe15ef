#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>

int assay_tap_attach(int descriptor, const char *name) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  if (strlen(name) >= sizeof request.ifr_name) return -EINVAL;
  strcpy(request.ifr_name, name);
  // Whole Ethernet frames, nothing in front of them.
  request.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_TUN_EXCL;
  return ioctl(descriptor, TUNSETIFF, &request) == 0 ? 0 : -errno;
}
