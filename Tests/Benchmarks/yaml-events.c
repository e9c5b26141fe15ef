// Reads a YAML file with libyaml as often as asked, event by event, and prints the median time in microseconds.
// Usage: yaml-events FILE RUNS
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

// The number of events; -1 if the text is not YAML.
static long count_events(const unsigned char *text, size_t size) {
  yaml_parser_t parser;
  yaml_event_t event;
  long count = 0;
  int done = 0;
  if (!yaml_parser_initialize(&parser)) return -1;
  yaml_parser_set_input_string(&parser, text, size);
  while (!done) {
    if (!yaml_parser_parse(&parser, &event)) {
      yaml_parser_delete(&parser);
      return -1;
    }
    done = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    count += 1;
  }
  yaml_parser_delete(&parser);
  return count;
}

int main(int argc, char **argv) {
  if (argc != 3) return 64;
  const int runs = atoi(argv[2]);
  FILE *file = fopen(argv[1], "rb");
  if (!file || runs < 1) return 66;
  fseek(file, 0, SEEK_END);
  const long size = ftell(file);
  rewind(file);
  unsigned char *text = malloc(size > 0 ? size : 1);
  double *times = malloc(runs * sizeof *times);
  if (!text || !times || fread(text, 1, size, file) != (size_t)size) return 74;
  fclose(file);
  long events = 0;
  for (int run = 0; run < runs; run += 1) {
    const double start = now();
    events = count_events(text, size);
    times[run] = now() - start;
    if (events < 0) return 65;
  }
  qsort(times, runs, sizeof *times, compare);
  printf("%.0f %ld\n", times[runs / 2], events);
  return 0;
}
