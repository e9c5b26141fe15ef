#define _GNU_SOURCE
#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int assay_packet_socket(int interface_index) {
  int descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return -errno;
  struct sockaddr_ll address;
  memset(&address, 0, sizeof address);
  address.sll_family = AF_PACKET;
  address.sll_ifindex = interface_index;
  if (bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
    int reason = errno;
    close(descriptor);
    return -reason;
  }
  // Room for a burst; the kernel halves what it doesn't allow.
  int size = 4 << 20;
  if (setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size) != 0)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  return descriptor;
}

int assay_packet_send(int descriptor, const void *frame, size_t length) {
  ssize_t sent;
  do sent = send(descriptor, frame, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? -errno : 0;
}
