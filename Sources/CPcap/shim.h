#ifndef ASSAY_CPCAP_SHIM_H
#define ASSAY_CPCAP_SHIM_H
#include <pcap/pcap.h>
#endif
