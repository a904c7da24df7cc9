/* The same plugin, another edition: answers as the source "attic". */
#define OFFER "attic"
#include "sources.h"
