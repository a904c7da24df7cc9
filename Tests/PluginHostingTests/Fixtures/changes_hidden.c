/* The same as changes_lists, but the tool that comes and goes is for operators only. */
#define MANIFEST \
  "{\"schema\":\"beamline.manifest/1\",\"id\":\"org.test.fixture\",\"version\":\"1\",\"namespace\":\"fixture\"," \
  "\"abi\":{\"major\":1,\"min_minor\":0},\"execution\":{\"concurrency\":16}," \
  "\"tools\":[{\"name\":\"act\",\"description\":\"Acts.\",\"inputSchema\":{\"type\":\"object\"}}]," \
  "\"auth\":{\"roles\":{\"user\":\"any\",\"operator\":\"some\"},\"rules\":[" \
  "{\"match\":\"*\",\"call\":{\"anyRole\":[\"user\"]}},{\"match\":\"more\",\"call\":{\"anyRole\":[\"operator\"]}}]}}"
#include "changes_lists.c"
