// Asks for as many echoes as it gets answers to, 64 at a time, and prints how many answers came a second.
// Usage: echo-transactions INTERFACE MILLISECONDS
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { WINDOW = 64, SIZE = 64 };

// Tells the target who 192.0.2.16 is.
static const uint8_t question[42] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02, 0xa5, 0x5a, 0, 0, 0, 0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1,
    0x02, 0xa5, 0x5a, 0, 0, 0, 192, 0, 2, 16, 0, 0, 0, 0, 0, 0, 192, 0, 2, 1};
static const uint8_t echo[SIZE] = {
    0x06, 0xa5, 0x5a, 0, 0, 1, 0x02, 0xa5, 0x5a, 0, 0, 0, 0x08, 0, 0x45, 0, 0, 50, 0, 1, 0, 0, 64, 1, 0xf6, 0xb8,
    192, 0, 2, 16, 192, 0, 2, 1, 8, 0, 0, 0, 0x5a, 0x17, 0, 0};

static uint8_t frames[WINDOW][SIZE];
static int answers;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void take(u_char *context, const struct pcap_pkthdr *header, const u_char *octets) {
  (void)context;
  answers += header->caplen == SIZE && octets[12] == 8 && octets[13] == 0 && octets[34] == 0 && octets[38] == 0x5a
             && octets[39] == 0x17;
}

static void number(uint8_t *frame, uint16_t sequence) {
  memcpy(frame, echo, SIZE);
  frame[40] = (uint8_t)(sequence >> 8);
  frame[41] = (uint8_t)sequence;
  uint32_t sum = 0x0800 + 0x5a17 + sequence;
  sum = (sum >> 16) + (sum & 0xffff);
  sum = ~((sum >> 16) + sum);
  frame[36] = (uint8_t)(sum >> 8);
  frame[37] = (uint8_t)sum;
}

int main(int argc, char **argv) {
  char text[PCAP_ERRBUF_SIZE];
  if (argc != 3) return 64;
  const double seconds = atof(argv[2]) / 1000;
  int descriptor = socket(AF_PACKET, SOCK_RAW, 0);
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(argv[1])};
  if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return 69;
  pcap_t *handle = pcap_create(argv[1], text);
  if (!handle) return 69;
  pcap_set_snaplen(handle, 2048);
  pcap_set_buffer_size(handle, 32 << 20);
  pcap_set_promisc(handle, 1);
  pcap_set_immediate_mode(handle, 1);
  pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
  if (pcap_activate(handle) < 0 || pcap_setnonblock(handle, 1, text) != 0) return 69;
  struct pollfd wait = {.fd = pcap_get_selectable_fd(handle), .events = POLLIN};
  struct iovec parts[WINDOW];
  struct mmsghdr messages[WINDOW];
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < WINDOW; i++) {
    parts[i] = (struct iovec){frames[i], SIZE};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
  }
  long total = 0;
  uint16_t sequence = 0;
  double start = now(), time;
  do {
    // Asked again and again, since a target that checks on its neighbor gets no answer.
    if (sequence % 1024 == 0 && send(descriptor, question, sizeof question, 0) < 0) return 74;
    for (int i = 0; i < WINDOW; i++) number(frames[i], sequence++);
    for (int sent = 0; sent < WINDOW;) {
      int count = sendmmsg(descriptor, messages + sent, (unsigned)(WINDOW - sent), 0);
      if (count < 0) return 74;
      sent += count;
    }
    for (answers = 0; answers < WINDOW;) {
      // What is lost, is lost.
      if (pcap_dispatch(handle, -1, take, NULL) == 0 && poll(&wait, 1, 20) <= 0) break;
    }
    total += answers;
  } while ((time = now()) - start < seconds);
  printf("%.0f\n", total / (time - start));
  return total > 0 ? 0 : 74;
}
