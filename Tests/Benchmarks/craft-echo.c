// Crafts echo requests of 64 octets, each with other numbers, and prints the nanoseconds of the processor that one takes: first in the same
// place each time, then in memory of its own, of which the last 64 are kept.
// Usage: craft-echo COUNT
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DATA = 22 };

struct echo {
  uint8_t destination_mac[6], source_mac[6];
  uint16_t ethertype;
  uint8_t version, tos;
  uint16_t total_length, identification, fragment;
  uint8_t ttl, protocol;
  uint16_t header_checksum;
  uint32_t source, destination;
  uint8_t type, code;
  uint16_t checksum, identifier, sequence;
  uint8_t data[DATA];
} __attribute__((packed));

// The Internet checksum by 32-bit loads into a sum of 64 bits.
static uint16_t checksum(const void *octets, size_t count) {
  const uint8_t *next = octets;
  uint64_t sum = 0;
  for (; count >= 4; next += 4, count -= 4) {
    uint32_t word;
    memcpy(&word, next, 4);
    sum += word;
  }
  if (count >= 2) {
    uint16_t word;
    memcpy(&word, next, 2);
    sum += word;
    next += 2;
    count -= 2;
  }
  if (count) sum += htons((uint16_t)(*next << 8));
  sum = (sum >> 32) + (sum & 0xffffffff);
  sum = (sum >> 16) + (sum & 0xffff);
  sum = (sum >> 16) + (sum & 0xffff);
  sum = (sum >> 16) + (sum & 0xffff);
  return (uint16_t)~sum;
}

static const uint8_t target_mac[6] = {0x06, 0xa5, 0x5a, 0, 0, 1}, tester_mac[6] = {0x02, 0xa5, 0x5a, 0, 0, 0};
static const uint8_t data[DATA] = "counter or other octet";

__attribute__((noinline)) static void craft(
    struct echo *frame, uint32_t source, uint16_t identification, uint16_t identifier, uint16_t sequence) {
  memcpy(frame->destination_mac, target_mac, 6);
  memcpy(frame->source_mac, tester_mac, 6);
  frame->ethertype = htons(0x0800);
  frame->version = 0x45;
  frame->tos = 0;
  frame->total_length = htons(sizeof *frame - 14);
  frame->identification = htons(identification);
  frame->fragment = 0;
  frame->ttl = 64;
  frame->protocol = 1;
  frame->header_checksum = 0;
  frame->source = htonl(source);
  frame->destination = htonl(0xc0000201);
  frame->header_checksum = checksum(&frame->version, 20);
  frame->type = 8;
  frame->code = 0;
  frame->checksum = 0;
  frame->identifier = htons(identifier);
  frame->sequence = htons(sequence);
  memcpy(frame->data, data, DATA);
  frame->checksum = checksum(&frame->type, 8 + DATA);
}

static double nanoseconds(const struct timespec *start, const struct timespec *end, long count) {
  return ((end->tv_sec - start->tv_sec) * 1e9 + (end->tv_nsec - start->tv_nsec)) / count;
}

int main(int argc, char **argv) {
  if (argc != 2 || sizeof(struct echo) != 64) return 64;
  const long count = atol(argv[1]);
  struct echo frame, *kept[64] = {0};
  struct timespec start, middle, end;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
  for (long i = 0; i < count; i++) {
    craft(&frame, 0xc0000200u | (i & 0xff), (uint16_t)i, (uint16_t)~i, (uint16_t)i);
    __asm__ volatile("" : : "r"(&frame) : "memory");
  }
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &middle);
  for (long i = 0; i < count; i++) {
    free(kept[i & 63]);
    if (!(kept[i & 63] = malloc(sizeof frame))) return 70;
    craft(kept[i & 63], 0xc0000200u | (i & 0xff), (uint16_t)i, (uint16_t)~i, (uint16_t)i);
    __asm__ volatile("" : : "r"(kept[i & 63]) : "memory");
  }
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
  printf("%.3f %.3f\n", nanoseconds(&start, &middle, count), nanoseconds(&middle, &end, count));
  return count > 0 ? 0 : 70;
}
