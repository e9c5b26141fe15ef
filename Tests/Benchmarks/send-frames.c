// Sends small frames as fast as it can for so many milliseconds of its processor, and prints how many a second went out.
// Usage: send-frames sendmmsg|bypass|pcap INTERFACE MILLISECONDS [tapped]
//   sendmmsg: a packet socket, 64 frames a call; bypass: the same past the queueing discipline, and past captures;
//   pcap: pcap_inject, one frame a call; tapped: while a capture of the interface is open.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 64, SIZE = 64 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

// An echo request to an Ethernet address that nobody has, so that nobody answers.
static unsigned char frame[SIZE] = {
    0x02, 0xa5, 0x5a, 0, 0xff, 0xff, 0x06, 0xa5, 0x5a, 0, 0, 2, 0x08, 0, 0x45, 0, 0, 50, 0, 1, 0, 0, 64, 1, 0xf6, 0xb8, 192, 0, 2, 1,
    192, 0, 2, 16, 8, 0, 0xf7, 0xfd, 0, 1, 0, 1};

static int open_socket(const char *interface, int bypass) {
  int descriptor = socket(AF_PACKET, SOCK_RAW, 0);
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(interface)};
  if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return -1;
  int size = 4 << 20;
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
  if (bypass && setsockopt(descriptor, SOL_PACKET, PACKET_QDISC_BYPASS, &bypass, sizeof bypass) != 0) return -1;
  return descriptor;
}

static pcap_t *open_capture(const char *interface) {
  char text[PCAP_ERRBUF_SIZE];
  pcap_t *handle = pcap_create(interface, text);
  if (!handle) return NULL;
  pcap_set_snaplen(handle, 2048);
  pcap_set_buffer_size(handle, 32 << 20);
  pcap_set_promisc(handle, 1);
  pcap_set_immediate_mode(handle, 1);
  return pcap_activate(handle) < 0 ? NULL : handle;
}

int main(int argc, char **argv) {
  if (argc < 4) return 64;
  const double seconds = atof(argv[3]) / 1000;
  int with_pcap = strcmp(argv[1], "pcap") == 0;
  pcap_t *capture = argc > 4 || with_pcap ? open_capture(argv[2]) : NULL;
  long sent = 0;
  double start = now(), end = start + seconds, time;
  if (with_pcap) {
    if (!capture) return 69;
    do {
      for (int i = 0; i < BATCH; i++) sent += pcap_inject(capture, frame, SIZE) == SIZE;
    } while ((time = now()) < end);
  } else {
    int descriptor = open_socket(argv[2], strcmp(argv[1], "bypass") == 0);
    if (descriptor < 0) return 69;
    struct iovec parts[BATCH];
    struct mmsghdr messages[BATCH];
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){frame, SIZE};
      messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
    }
    do {
      int count = sendmmsg(descriptor, messages, BATCH, MSG_DONTWAIT);
      if (count > 0) sent += count;
      else if (errno != EAGAIN && errno != ENOBUFS && errno != EINTR) return 74;
    } while ((time = now()) < end);
  }
  printf("%.0f\n", sent / (time - start));
  return sent > 0 ? 0 : 74;
}
