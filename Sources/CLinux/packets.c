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

int assay_packet_send(int descriptor, const void *frames, const uint32_t *lengths, int count) {
  struct iovec parts[ASSAY_PACKET_BATCH];
  struct mmsghdr messages[ASSAY_PACKET_BATCH];
  if (count <= 0 || count > ASSAY_PACKET_BATCH) return -EINVAL;
  char *next = (char *)frames;
  for (int i = 0; i < count; i++) {
    parts[i] = (struct iovec){.iov_base = next, .iov_len = lengths[i]};
    messages[i] = (struct mmsghdr){.msg_hdr = {.msg_iov = &parts[i], .msg_iovlen = 1}};
    next += lengths[i];
  }
  int sent;
  do sent = sendmmsg(descriptor, messages, (unsigned)count, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? -errno : sent;
}
