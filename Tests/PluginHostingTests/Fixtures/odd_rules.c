/* Loads and starts, but its auth rules name a role no site could map a group to. */
#define MANIFEST \
  "{\"schema\":\"beamline.manifest/1\",\"id\":\"org.test.odd\",\"version\":\"1\",\"namespace\":\"fixture\"," \
  "\"abi\":{\"major\":1,\"min_minor\":0},\"execution\":{\"concurrency\":1}," \
  "\"tools\":[{\"name\":\"act\",\"description\":\"Acts.\",\"inputSchema\":{\"type\":\"object\"}}]," \
  "\"auth\":{\"roles\":{\"User\":\"any\"},\"rules\":[{\"match\":\"*\",\"call\":{\"anyRole\":[\"User\"]}}]}}"
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}"));
}
