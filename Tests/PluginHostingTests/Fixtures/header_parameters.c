/* Its tool asks clients to repeat two of its arguments in header fields; another one asks for it where it may not. */
#define MANIFEST \
  "{\"schema\":\"beamline.manifest/1\",\"id\":\"org.test.fixture\",\"version\":\"1\",\"namespace\":\"fixture\"," \
  "\"abi\":{\"major\":1,\"min_minor\":0},\"tools\":[" \
  "{\"name\":\"act\",\"description\":\"Acts.\",\"inputSchema\":{\"type\":\"object\",\"properties\":{" \
  "\"site\":{\"type\":\"string\",\"x-mcp-header\":\"Site\"}," \
  "\"page\":{\"type\":\"object\",\"properties\":{\"size\":{\"type\":\"integer\",\"x-mcp-header\":\"Page-Size\"}}}}}}," \
  "{\"name\":\"odd\",\"description\":\"Odd.\",\"inputSchema\":{\"type\":\"object\",\"properties\":{" \
  "\"share\":{\"type\":\"number\",\"x-mcp-header\":\"Share\"}}}}]," \
  "\"auth\":{\"roles\":{\"user\":\"any\"},\"rules\":[{\"match\":\"*\",\"call\":{\"anyRole\":[\"user\"]}}]}}"
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, request->body), BEAM_OK;
}
