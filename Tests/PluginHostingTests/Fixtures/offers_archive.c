/* Answers as the source "archive". */
#define OFFER "archive"
#include "sources.h"
