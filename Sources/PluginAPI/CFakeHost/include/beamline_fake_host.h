/* A host for the unit tests of a plugin: no gateway, no network, one source file and POSIX threads.
 *
 *   beam_fake *host = beam_fake_new(BEAM_FAKE_GUARDED);
 *   beam_fake_create(host, beam_plugin_v1(beam_fake_table(host)), "{}");
 *   beam_fake_result result = beam_fake_call(host, BEAM_M_TOOL_CALL, "greet", "{\"name\":\"Ada\"}");
 *   assert(result.status == BEAM_OK && strcmp(result.structured, "{\"greeting\":\"Hello, Ada.\"}") == 0);
 *   beam_fake_destroy(host);
 *
 * `beamline plugin check` uses the same host. Its functions may be called from any thread, but not from inside a function of the plugin;
 * beam_fake_create and beam_fake_destroy not beside others. Texts end with NUL. A host is never freed, as a plugin may call it late; it
 * stays reachable, so that leak checkers do not name it. Out of memory ends the program.
 */
#ifndef BEAMLINE_FAKE_HOST_H
#define BEAMLINE_FAKE_HOST_H
#include "plugin_api.h"
#ifdef __cplusplus
extern "C" {
#endif

typedef struct beam_fake beam_fake;

/* What is lent to the plugin cannot be written, ends at an unreadable page, and is unreadable once the plugin's function has returned. All
   structs have the size of version 1.0, the shortest there is. */
#define BEAM_FAKE_GUARDED 1u
/* A later host: longer structs, a higher minor, flags that mean nothing yet. */
#define BEAM_FAKE_FUTURE  2u
/* Services are not answered until the plugin aborts them or their call ends. */
#define BEAM_FAKE_SILENT  4u

typedef struct beam_fake_result {
  int         completed;                        /* 0: submit refused the call, or nothing came in time */
  beam_status status;                           /* of the completion, else what submit returned; BEAM_TIMEOUT when nothing came */
  uint32_t    flags;
  const char *structured, *content, *meta;      /* never NULL */
  uint64_t    structured_len, content_len, meta_len;
} beam_fake_result;

/* What the plugin has done since the host was made. */
typedef struct beam_fake_counts {
  uint64_t completed;     /* calls that were completed as they should be */
  uint64_t stale;         /* completions of calls that were unknown, refused or completed before */
  uint64_t refused;       /* calls that were completed and then refused by submit */
  uint64_t unreadable;    /* results without a struct or with a length but no pointer */
  uint64_t misplaced;     /* host functions other than log and get_interface, called inside create */
  uint64_t emitted, progressed, logged, notified, invoked;
  uint64_t early;         /* host functions other than log and get_interface, called after create and before the first request */
  uint64_t late;          /* messages and steps of progress of calls that had ended */
  uint64_t stopped;       /* messages, notices and services after STOP was completed with BEAM_OK */
} beam_fake_counts;

typedef struct beam_fake_request {
  uint32_t    method;                           /* BEAM_M_* */
  const char *name, *body;
} beam_fake_request;

beam_fake *beam_fake_new(uint32_t flags);
const beam_host *beam_fake_table(const beam_fake *);

/* Calls the plugin's create; what it made is used by all that follows. OK without an instance is BEAM_INTERNAL. */
beam_status beam_fake_create(beam_fake *, const beam_plugin *, const char *config);
beam_instance *beam_fake_instance(const beam_fake *);

/* Sends a request and waits ten seconds for its end. The texts of the result stay valid for the life of the process. */
beam_fake_result beam_fake_call(beam_fake *, uint32_t method, const char *name, const char *body);

/* The parts of beam_fake_call. `context` may be NULL: a caller with the role "user". A deadline of 0 ms is none.
   *call is 0 unless the status is OK. */
beam_status beam_fake_submit(beam_fake *, uint32_t method, const char *name, const char *body, const char *context,
                             int64_t deadline_ms, beam_call *call);
/* Whether the call is completed, after at most so many milliseconds. */
int beam_fake_wait(beam_fake *, beam_call, int64_t ms);
/* What a completed call holds; valid until it is forgotten. */
beam_fake_result beam_fake_result_of(beam_fake *, beam_call);
/* Frees what is known of a completed call. */
void beam_fake_forget(beam_fake *, beam_call);
/* The answer is no longer wanted: ends the call's services and calls the plugin's cancel. */
void beam_fake_cancel(beam_fake *, beam_call, beam_status why);

/* Submits requests from so many threads at once; calls[i] is 0 for one that was refused. */
void beam_fake_together(beam_fake *, unsigned threads, const beam_fake_request *requests, size_t count, beam_call *calls);

/* How a service is answered: the first answer whose op is equal (or NULL) and whose text occurs in the body (or NULL).
   Without one the reply is BEAM_UNAVAILABLE. */
void beam_fake_answer(beam_fake *, const char *op, const char *contains, beam_status status, const char *body);
/* What emit and progress return from now on; BEAM_OK to begin with. */
void beam_fake_events(beam_fake *, beam_status);

/* Ends the open services, waits for their replies and calls the plugin's destroy; then every host function answers BEAM_STALE. */
void beam_fake_destroy(beam_fake *);

beam_fake_counts beam_fake_counts_of(beam_fake *);

/* How many bytes of the C heap are in use, for checks on leaks; 0 where the C library cannot say (glibc before 2.33). */
uint64_t beam_fake_heap_bytes(void);

#ifdef __cplusplus
}
#endif
#endif
