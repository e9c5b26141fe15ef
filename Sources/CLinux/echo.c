#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// TCP and UDP echo [RFC 862] in a child process. It allocates nothing and calls only what may be called
// between fork and exec, so its parent may have had threads.

enum { sockets_limit = 4, connections_limit = 512, buffer_size = 4096 };

struct connection {
  int descriptor;
  int length;  // Octets that wait to be sent back.
  char octets[buffer_size];
};

// Touched by the child alone, and only as far as connections come.
static struct connection connections[connections_limit];
static struct pollfd waits[1 + sockets_limit + connections_limit];

static int listener(int family, int type, int port) {
  int descriptor = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return -errno;
  int on = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in6 address6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
  struct sockaddr_in address4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  const struct sockaddr *address = (struct sockaddr *)&address4;
  socklen_t length = sizeof address4;
  if (family == AF_INET6) {
    setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    setsockopt(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
    address = (struct sockaddr *)&address6;
    length = sizeof address6;
  } else {
    setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
  }
  if (bind(descriptor, address, length) != 0 || (type == SOCK_STREAM && listen(descriptor, 4096) != 0)) {
    int reason = errno;
    close(descriptor);
    return -reason;
  }
  return descriptor;
}

// Whether a datagram was sent to this host alone, from another service than echo.
static int deserves_echo(struct msghdr *message) {
  const struct sockaddr_in6 *source = message->msg_name;  // The port is at the same place in both families.
  if (source->sin6_port == htons(7)) return 0;
  for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control; control = CMSG_NXTHDR(message, control)) {
    if (control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO) {
      struct in_pktinfo *place = (struct in_pktinfo *)CMSG_DATA(control);
      if (place->ipi_addr.s_addr != place->ipi_spec_dst.s_addr) return 0;
    }
    if (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_PKTINFO) {
      struct in6_pktinfo *place = (struct in6_pktinfo *)CMSG_DATA(control);
      if (IN6_IS_ADDR_MULTICAST(&place->ipi6_addr)) return 0;
    }
  }
  return 1;
}

// Sends datagrams back, from the address that they were sent to.
static void echo_datagrams(int descriptor) {
  static char octets[65536];
  for (int i = 0; i < 64; i++) {
    struct sockaddr_in6 peer;
    union {
      char octets[256];
      struct cmsghdr alignment;
    } control;
    struct iovec part = {.iov_base = octets, .iov_len = sizeof octets};
    struct msghdr message = {
        .msg_name = &peer, .msg_namelen = sizeof peer, .msg_iov = &part, .msg_iovlen = 1,
        .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t length = recvmsg(descriptor, &message, MSG_DONTWAIT);
    if (length < 0) return;
    if (!deserves_echo(&message)) continue;
    part.iov_len = (size_t)length;
    message.msg_flags = 0;
    if (sendmsg(descriptor, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) { /* Datagrams may be lost. */ }
  }
}

// Closes a connection and moves the last one to its place.
static int removed(int place, int count) {
  close(connections[place].descriptor);
  if (place != count - 1) memcpy(&connections[place], &connections[count - 1], sizeof connections[0]);
  return count - 1;
}

static int accepted(int descriptor, int count) {
  for (;;) {
    int peer = accept4(descriptor, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    int is_full = peer < 0 && (errno == EMFILE || errno == ENFILE);
    if (peer < 0 && !(is_full && count > 0)) return count;
    if (is_full || count == connections_limit) {
      // The place of some other one: a peer that went away without a word would have it for ever.
      struct linger none = {.l_onoff = 1, .l_linger = 0};
      setsockopt(connections[0].descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
      count = removed(0, count);
      if (is_full) continue;
    }
    connections[count].descriptor = peer;
    connections[count].length = 0;
    count++;
  }
}

// Takes what came and sends it back; 0 when the connection is over.
static int echo_stream(struct connection *connection) {
  for (int i = 0; i < 16; i++) {
    if (connection->length == 0) {
      ssize_t length = recv(connection->descriptor, connection->octets, buffer_size, MSG_DONTWAIT);
      if (length == 0) return 0;
      if (length < 0) return errno == EAGAIN || errno == EINTR;
      connection->length = (int)length;
    }
    ssize_t sent = send(connection->descriptor, connection->octets, (size_t)connection->length,
                        MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN || errno == EINTR;
    connection->length -= (int)sent;
    memmove(connection->octets, connection->octets + sent, (size_t)connection->length);
  }
  return 1;
}

static void serve(int life, const int *sockets, const int *types, int socket_count) {
  int count = 0;
  for (;;) {
    waits[0] = (struct pollfd){.fd = life, .events = POLLIN};
    for (int i = 0; i < socket_count; i++)
      waits[1 + i] = (struct pollfd){.fd = sockets[i], .events = POLLIN};
    struct pollfd *streams = waits + 1 + socket_count;
    for (int i = 0; i < count; i++)
      streams[i] = (struct pollfd){
          .fd = connections[i].descriptor, .events = connections[i].length > 0 ? POLLOUT : POLLIN};
    if (poll(waits, (nfds_t)(1 + socket_count + count), -1) < 0) continue;
    if (waits[0].revents) return;
    // From the last one on, since the last one takes the place of one that is over.
    for (int i = count - 1; i >= 0; i--)
      if (streams[i].revents && !echo_stream(&connections[i])) count = removed(i, count);
    for (int i = 0; i < socket_count; i++) {
      if (!waits[1 + i].revents) continue;
      if (types[i] == SOCK_STREAM) count = accepted(sockets[i], count);
      else echo_datagrams(sockets[i]);
    }
  }
}

int assay_echo_start(int port, int with_ipv6) {
  int sockets[sockets_limit], types[sockets_limit], count = 0, reason = 0;
  for (int i = 0; i < (with_ipv6 ? 4 : 2) && reason == 0; i++) {
    int type = i % 2 ? SOCK_DGRAM : SOCK_STREAM;
    int descriptor = listener(i < 2 ? AF_INET : AF_INET6, type, port);
    if (descriptor < 0) reason = descriptor;
    else sockets[count] = descriptor, types[count++] = type;
  }
  int life = -1;
  pid_t process = reason != 0 ? reason : assay_fork_companion("assay-echo", sockets, count, &life);
  if (process == 0) {
    serve(life, sockets, types, count);
    _exit(0);
  }
  for (int i = 0; i < count; i++) close(sockets[i]);
  return process;
}
