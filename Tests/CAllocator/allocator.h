// What the allocator counts, which Swift's Glibc overlay leaves out.
#include <malloc.h>
