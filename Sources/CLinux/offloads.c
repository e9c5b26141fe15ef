#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int request(int socket, const char *interface, void *value) {
  struct ifreq question;
  memset(&question, 0, sizeof question);
  if (strlen(interface) >= sizeof question.ifr_name) return -ENODEV;
  strcpy(question.ifr_name, interface);
  question.ifr_data = (char *)value;
  return ioctl(socket, SIOCETHTOOL, &question) == 0 ? 0 : -errno;
}

int assay_ethtool_get(int socket, const char *interface, uint32_t command) {
  struct ethtool_value value = {.cmd = command};
  int reason = request(socket, interface, &value);
  return reason != 0 ? reason : value.data != 0;
}

int assay_ethtool_driver(const char *interface, char *name, size_t size) {
  struct ethtool_drvinfo info = {.cmd = ETHTOOL_GDRVINFO};
  int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return -errno;
  int reason = request(descriptor, interface, &info);
  close(descriptor);
  if (reason != 0) return reason;
  snprintf(name, size, "%.*s", (int)sizeof info.driver, info.driver);
  return 0;
}

int assay_ethtool_set(int socket, const char *interface, uint32_t command, uint32_t data) {
  struct ethtool_value value = {.cmd = command, .data = data};
  return request(socket, interface, &value);
}
