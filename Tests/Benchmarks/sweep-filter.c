// Sweeps all ICMPv4 types and codes from near to far through a filter, as `assay sweep` does and with the same system calls:
// 63 probes and a witness a call, both sides captured, what vanished asked once more. Prints the seconds it took, and how
// many probes were delivered, rejected and dropped.
// Usage: sweep-filter NEAR FAR COPIES, the copies being those of delivered probes that look for rate limits.
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
#include <unistd.h>

enum { CHUNK = 63, KINDS = 65536, PLAIN = 78, QUOTING = 86, WITNESS = 58, IP = 14, ICMP = 34, WINDOW = 16 };

static const uint8_t box[2][6] = {{6, 0xa5, 0x5a, 0, 0, 1}, {6, 0xa5, 0x5a, 0, 1, 1}};
static const uint8_t addresses[2][2][4] = {{{192, 0, 2, 20}, {192, 0, 2, 21}}, {{198, 51, 100, 20}, {198, 51, 100, 21}}};

static uint8_t frames[CHUNK + 1][QUOTING];
static uint8_t left_[KINDS], seen[KINDS];  // seen: 1 delivered, 2 rejected
static uint32_t witnesses, arrived;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static uint32_t sum(const uint8_t *octets, int count) {
  uint32_t total = 0;
  for (int i = 0; i + 1 < count; i += 2) total += octets[i] << 8 | octets[i + 1];
  return total;
}

static void store(uint8_t *place, uint32_t total) {
  while (total >> 16) total = (total >> 16) + (total & 0xffff);
  place[0] = (uint8_t)(~total >> 8);
  place[1] = (uint8_t)~total;
}

static int quotes(int type) {
  return type == 3 || type == 4 || type == 5 || type == 11 || type == 12 || type == 31 || type == 40;
}

static void header(uint8_t *frame, int length, int host) {
  const uint8_t mac[6] = {2, 0xa5, 0x5a, 0, 0, (uint8_t)(4 + host)};
  memcpy(frame, box[0], 6);
  memcpy(frame + 6, mac, 6);
  memset(frame + 12, 0, (size_t)length - 12);
  frame[12] = 8;
  frame[IP] = 0x45;
  frame[IP + 2] = (uint8_t)((length - IP) >> 8);
  frame[IP + 3] = (uint8_t)(length - IP);
  frame[IP + 8] = 64;
  frame[IP + 9] = 1;
  memcpy(frame + IP + 12, addresses[0][host], 4);
  memcpy(frame + IP + 16, addresses[1][host], 4);
}

static uint8_t bases[2][QUOTING];
static uint32_t headerSums[2], messageSums[2];

static void prepare(void) {
  for (int quote = 0; quote < 2; quote++) {
    int length = quote ? QUOTING : PLAIN;
    header(bases[quote], length, 0);
    for (int i = ICMP + 8; i < length; i++) bases[quote][i] = (uint8_t)i;
    if (quote) header(bases[1] + ICMP + 8 - IP, 44 + IP, 0), memcpy(bases[1] + 12, bases[0] + 12, 4),
               header(bases[1], QUOTING, 0), memset(bases[1] + ICMP, 0, 8), bases[1][ICMP + 8] = 0x45;
    headerSums[quote] = sum(bases[quote] + IP, 20);
    messageSums[quote] = sum(bases[quote] + ICMP, length - ICMP);
  }
}

static int probe(uint8_t *frame, int kind) {
  int quote = quotes(kind >> 8), length = quote ? QUOTING : PLAIN;
  memcpy(frame, bases[quote], (size_t)length);
  frame[IP + 4] = frame[ICMP] = (uint8_t)(kind >> 8);
  frame[IP + 5] = frame[ICMP + 1] = (uint8_t)kind;
  uint32_t message = messageSums[quote] + (uint32_t)kind;
  if (!quote) {
    frame[ICMP + 4] = 0xa5;
    frame[ICMP + 7] = 1;
    frame[ICMP + 16] = (uint8_t)(kind >> 8);
    frame[ICMP + 17] = (uint8_t)kind;
    message += 0xa500 + 1 + (uint32_t)kind - (uint32_t)(bases[0][ICMP + 16] << 8 | bases[0][ICMP + 17]);
  }
  store(frame + IP + 10, headerSums[quote] + (uint32_t)kind);
  store(frame + ICMP + 2, message);
  return length;
}

static int witness(uint8_t *frame, uint32_t number) {
  header(frame, WITNESS, 1);
  frame[ICMP] = 8;
  memcpy(frame + ICMP + 8, "WITNESS!", 8);
  memcpy(frame + ICMP + 16, &number, 4);
  store(frame + IP + 10, sum(frame + IP, 20));
  store(frame + ICMP + 2, sum(frame + ICMP, WITNESS - ICMP));
  return WITNESS;
}

static int sockets[2];

// Who is asked for answers, or the filter would take it for gone after some seconds.
static void answer(int side, const u_char *question) {
  for (int host = 0; host < 2; host++) {
    if (question[21] != 1 || memcmp(question + 38, addresses[side][host], 4) != 0) continue;
    uint8_t frame[42];
    memcpy(frame, question + 6, 6);
    const uint8_t mac[6] = {2, 0xa5, (uint8_t)(0x5a + side), 0, 0, (uint8_t)(4 + host)};
    memcpy(frame + 6, mac, 6);
    memcpy(frame + 12, question + 12, 10);
    frame[21] = 2;
    memcpy(frame + 22, mac, 6);
    memcpy(frame + 28, addresses[side][host], 4);
    memcpy(frame + 32, question + 22, 10);
    if (send(sockets[side], frame, sizeof frame, 0) < 0) exit(74);
  }
}

static void take(u_char *context, const struct pcap_pkthdr *pcap, const u_char *octets) {
  int isFar = *context;
  uint8_t expected[QUOTING];
  if (pcap->caplen >= 42 && octets[12] == 8 && octets[13] == 6) answer(isFar, octets);
  if (pcap->caplen < WITNESS || octets[12] != 8 || octets[13] != 0 || octets[IP + 9] != 1) return;
  if (pcap->caplen >= WITNESS && memcmp(octets + ICMP + 8, "WITNESS!", 8) == 0) {
    uint32_t number;
    memcpy(&number, octets + ICMP + 16, 4);
    if (isFar && number + 1 > arrived) arrived = number + 1;
    return;
  }
  int kind = octets[ICMP] << 8 | octets[ICMP + 1];
  int length = probe(expected, kind);
  if (!isFar && (int)pcap->caplen == length && memcmp(octets, expected, (size_t)length) == 0) {
    left_[kind] = 1;
  } else if (isFar && (int)pcap->caplen >= length && memcmp(octets + IP, expected + IP, 8) == 0 &&
             octets[IP + 9] == 1 && memcmp(octets + IP + 12, expected + IP + 12, (size_t)(length - IP - 12)) == 0) {
    uint32_t total = sum(octets + IP, 20);
    while (total >> 16) total = (total >> 16) + (total & 0xffff);
    if (total == 0xffff) seen[kind] = 1;
  } else if (!isFar && octets[ICMP] == 3 && pcap->caplen >= ICMP + 8 + 28) {
    kind = octets[ICMP + 8 + 4] << 8 | octets[ICMP + 8 + 5];
    seen[kind] = 2;
  }
}

static pcap_t *capture(const char *interface) {
  char text[PCAP_ERRBUF_SIZE];
  pcap_t *handle = pcap_create(interface, text);
  if (!handle) exit(69);
  pcap_set_snaplen(handle, 2048);
  pcap_set_buffer_size(handle, 32 << 20);
  pcap_set_promisc(handle, 1);
  pcap_set_immediate_mode(handle, 1);
  pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
  if (pcap_activate(handle) < 0 || pcap_setnonblock(handle, 1, text) != 0) exit(69);
  return handle;
}

static int sender(const char *interface) {
  int descriptor = socket(AF_PACKET, SOCK_RAW, 0), size = 4 << 20;
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(interface)};
  if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) exit(69);
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
  return descriptor;
}

static pcap_t *captures[2];

static int drain(void) {
  int count = 0, got;
  for (u_char side = 0; side < 2; side++)
    while ((got = pcap_dispatch(captures[side], -1, take, &side)) > 0) count += got;
  return count;
}

static void wait_(double deadline) {
  struct pollfd waits[2] = {{pcap_get_selectable_fd(captures[0]), POLLIN, 0},
                            {pcap_get_selectable_fd(captures[1]), POLLIN, 0}};
  double rest = deadline - now();
  if (rest <= 0) return;
  struct timespec limit = {(time_t)rest, (long)((rest - (double)(time_t)rest) * 1e9)};
  ppoll(waits, 2, &limit, NULL);
}

static void sendAll(const int *lengths, int count) {
  struct iovec parts[CHUNK + 1];
  struct mmsghdr messages[CHUNK + 1];
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < count; i++) {
    parts[i] = (struct iovec){frames[i], (size_t)lengths[i]};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
  }
  for (int sent = 0; sent < count;) {
    int done = sendmmsg(sockets[0], messages + sent, (unsigned)(count - sent), MSG_DONTWAIT);
    if (done < 0) exit(74);
    sent += done;
  }
}

static void ask(const uint16_t *kinds, int count) {
  int lengths[CHUNK + 1];
  lengths[0] = witness(frames[0], witnesses++);
  sendAll(lengths, 1);
  for (int first = 0; first < count; first += CHUNK) {
    int inChunk = count - first < CHUNK ? count - first : CHUNK;
    for (int i = 0; i < inChunk; i++) lengths[i] = probe(frames[i], kinds[first + i]);
    lengths[inChunk] = witness(frames[inChunk], witnesses++);
    sendAll(lengths, inChunk + 1);
    drain();
    while (witnesses - arrived > WINDOW) {
      double deadline = now() + 0.05;
      if (drain() == 0) wait_(deadline);
      if (drain() == 0 && now() >= deadline) exit(75);
    }
  }
  double end = now() + 0.05;
  while (arrived < witnesses && now() < end)
    if (drain() == 0) wait_(end);
  for (end = now() + 0.002; now() < end;)
    if (drain() == 0) wait_(end);
}

static void introduce(int side, int host) {
  uint8_t frame[42] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0xa5, (uint8_t)(0x5a + side), 0, 0, (uint8_t)(4 + host),
                       8, 6, 0, 1, 8, 0, 6, 4, 0, 1};
  memcpy(frame + 22, frame + 6, 6);
  memcpy(frame + 28, addresses[side][host], 4);
  memcpy(frame + 38, addresses[side][host], 3);
  frame[41] = 1;
  if (send(sockets[side], frame, sizeof frame, 0) < 0) exit(74);
}

int main(int argc, char **argv) {
  if (argc != 4) return 64;
  static uint16_t kinds[KINDS];
  for (int side = 0; side < 2; side++) {
    captures[side] = capture(argv[1 + side]);
    sockets[side] = sender(argv[1 + side]);
  }
  for (int host = 0; host < 2; host++) introduce(0, host), introduce(1, host);
  usleep(20000);
  prepare();
  double start = now();
  for (int kind = 0; kind < KINDS; kind++) kinds[kind] = (uint16_t)kind;
  ask(kinds, KINDS);
  int delivered = -1;
  for (int kind = 0; kind < KINDS && delivered < 0; kind++) if (seen[kind] == 1) delivered = kind;
  int copies = delivered < 0 ? 0 : atoi(argv[3]);
  if (copies > KINDS) copies = KINDS;
  for (int i = 0; i < copies; i++) kinds[i] = (uint16_t)delivered;
  if (copies > 0) ask(kinds, copies);
  int missing = 0;
  for (int kind = 0; kind < KINDS; kind++)
    if (!seen[kind]) kinds[missing++] = (uint16_t)kind;
  if (missing > 0) ask(kinds, missing);
  double seconds = now() - start;
  int counts[3] = {0, 0, 0}, leaving = 0;
  for (int kind = 0; kind < KINDS; kind++) {
    counts[seen[kind]]++;
    leaving += left_[kind];
  }
  printf("%.6f %d %d %d\n", seconds, counts[1], counts[2], counts[0]);
  return leaving == KINDS && arrived == witnesses ? 0 : 74;
}
