// Captures until no frame has come for 100 milliseconds, does nothing with the frames, and prints how many came, how many
// were lost, and how many came a second between the first and the last.
// Usage: capture-frames buffered|immediate INTERFACE SNAPLEN
#include <pcap/pcap.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long count;
static double first, last;
static volatile unsigned char octet;

static void take(u_char *context, const struct pcap_pkthdr *header, const u_char *octets) {
  (void)context;
  last = header->ts.tv_sec + header->ts.tv_usec / 1e9;
  if (count++ == 0) first = last;
  octet = octets[header->caplen - 1];
}

int main(int argc, char **argv) {
  char text[PCAP_ERRBUF_SIZE];
  struct pcap_stat statistics;
  if (argc != 4) return 64;
  pcap_t *handle = pcap_create(argv[2], text);
  if (!handle) return 69;
  pcap_set_snaplen(handle, atoi(argv[3]));
  pcap_set_buffer_size(handle, 32 << 20);
  pcap_set_promisc(handle, 1);
  if (strcmp(argv[1], "immediate") == 0) pcap_set_immediate_mode(handle, 1);
  else pcap_set_timeout(handle, 1);
  pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
  if (pcap_activate(handle) < 0 || pcap_setnonblock(handle, 1, text) != 0) return 69;
  puts("ready");
  fflush(stdout);
  struct pollfd wait = {.fd = pcap_get_selectable_fd(handle), .events = POLLIN};
  int limit = 5000;
  while (poll(&wait, 1, limit) > 0) {
    while (pcap_dispatch(handle, -1, take, NULL) > 0) limit = 100;
  }
  if (count < 2 || pcap_stats(handle, &statistics) != 0) return 74;
  printf("%ld %u %.0f\n", count, statistics.ps_drop, (count - 1) / (last - first));
  return 0;
}
