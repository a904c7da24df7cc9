/* Beamline PluginAPI, ABI major 1. C99 and C++11 clean; depends on stdint and stddef only.
 *
 * Names:   beam_ functions and types, BEAM_ constants. [thread tags] say who may call.
 * Memory:  what is passed, in either direction, is borrowed until the function returns; the receiver copies what it keeps. Except: the
 *          beam_host given to create, and what beam_plugin_v1, manifest and get_interface return, stay valid for the life of the process.
 *          Nothing is ever freed by the other side.
 * Threads: host functions may be called from any thread, also inside submit, cancel and reply; inside create only log and get_interface.
 *          No host function calls into the plugin before it returns. destroy begins only when no submit, cancel or reply is running and
 *          every reply has returned; if one never does, the instance is leaked. After destroy every host function answers BEAM_STALE.
 */
#ifndef BEAMLINE_PLUGIN_API_H
#define BEAMLINE_PLUGIN_API_H
#include <stddef.h>
#include <stdint.h>
#if UINTPTR_MAX != 0xffffffffffffffffu
#error "PluginAPI v1 is defined for LP64 targets only"
#endif
#ifdef __cplusplus
extern "C" {
#endif

#define BEAM_ABI_MAJOR 1u
#define BEAM_ABI_MINOR 0u
#define BEAM_EXPORT __attribute__((visibility("default")))
/* true when the sender's copy of *p reaches field f */
#define BEAM_HAS(p, T, f) ((p)->struct_size >= offsetof(T, f) + sizeof((p)->f))

typedef int32_t  beam_status;             /* fixed width: never an enum type in a signature */
typedef uint64_t beam_call;               /* generation-tagged id, 0 = none; per host */
typedef struct beam_str { const char *ptr; uint64_t len; } beam_str; /* UTF-8, no NUL; {NULL,0} is empty */
typedef struct beam_host     beam_host;
typedef struct beam_instance beam_instance;   /* the plugin's own, opaque to the host */

/* Status: append only. A receiver treats an unknown value as BEAM_INTERNAL. */
#define BEAM_OK                0
#define BEAM_INVALID_ARGUMENT  1
#define BEAM_NOT_FOUND         2
#define BEAM_FORBIDDEN         3
#define BEAM_CONFLICT          4
#define BEAM_UNAVAILABLE       5
#define BEAM_TIMEOUT           6
#define BEAM_TOO_LARGE         7
#define BEAM_RATE_LIMITED      8
#define BEAM_INTERNAL          9
#define BEAM_CANCELLED        10
#define BEAM_UNSUPPORTED      11   /* method, op or interface unknown */
#define BEAM_INPUT_REQUIRED   12   /* ask the user, then the host calls again from the start */
#define BEAM_BUSY             13   /* back-pressure: try again later */
#define BEAM_STALE            14   /* unknown or already completed call */

/* Methods, host to plugin. Append only; a plugin answers an unknown one with BEAM_UNSUPPORTED. */
#define BEAM_M_START           1u
#define BEAM_M_STOP            2u
#define BEAM_M_HEALTH          3u
#define BEAM_M_LIST            4u
#define BEAM_M_TOOL_CALL      16u
#define BEAM_M_RESOURCE_READ  17u
#define BEAM_M_PROMPT_GET     18u
#define BEAM_M_COMPLETION     19u
#define BEAM_M_SUBSCRIBE      20u
#define BEAM_M_AUTHORIZE      32u
#define BEAM_M_SOURCE_QUERY   33u

typedef struct beam_request {
  uint64_t  struct_size;
  beam_call call;
  uint32_t  method;            /* BEAM_M_* */
  uint32_t  flags;             /* 0 in 1.0; unknown bits ignored */
  beam_str  name;              /* local item name, local URI or source name */
  beam_str  body;              /* JSON; for a tool the client's arguments, already validated */
  beam_str  context;           /* JSON: who calls, what the client can do, answers, budget */
  int64_t   deadline_ns;       /* CLOCK_MONOTONIC, 0 = none */
} beam_request;

#define BEAM_R_IS_ERROR 1u     /* beam_result.flags: a tool that failed in its own words */

typedef struct beam_result {
  uint64_t    struct_size;
  beam_status status;
  uint32_t    flags;           /* BEAM_R_* */
  beam_str    structured;      /* JSON value; with a status other than OK see the table of bodies */
  beam_str    content;         /* JSON array of MCP content blocks; empty: the host makes one text block of `structured` */
  beam_str    meta;            /* JSON object merged into _meta; may be empty */
} beam_result;

/* emit kinds; the host ignores kinds it does not know */
#define BEAM_E_LOG             1u   /* {"level","logger","data"} for the client, sent only if it asked */
/* notify kinds */
#define BEAM_N_LIST_CHANGED    1u   /* {"lists":["tools",...]}: the host runs BEAM_M_LIST again */
#define BEAM_N_RESOURCE_UPDATED 2u  /* {"uri":...} */

/* Exactly one reply per accepted invoke, also after abort (BEAM_CANCELLED); never inside invoke; all before destroy is called. */
typedef void (*beam_reply)(void *user, beam_status status, beam_str body);

struct beam_host {
  uint64_t struct_size;
  uint32_t abi_major, abi_minor;
  void    *context;            /* the host's own; do not touch */
  beam_str product, version;   /* for logs only, never for feature tests */
  /* [any] named interfaces added later; NULL when absent */
  const void *(*get_interface)(const beam_host *, const char *id);
  /* the operator's log. The call may be 0; level 0 trace .. 6 critical; fields is a JSON object or empty */
  void        (*log)(const beam_host *, beam_call, uint32_t level, beam_str message, beam_str fields);
  /* exactly once per accepted request; uses the call up whatever it returns (OK or STALE); a malformed result reaches the caller as internal */
  beam_status (*complete)(const beam_host *, beam_call, const beam_result *);
  /* before complete; BUSY: not taken, send again or drop; CANCELLED: stop */
  beam_status (*emit)(const beam_host *, beam_call, uint32_t kind, beam_str body);
  /* total <= 0: unknown. The host keeps it increasing and within the client's rate. */
  beam_status (*progress)(const beam_host *, beam_call, double done, double total, beam_str note);
  /* OK while the answer is wanted, else CANCELLED, TIMEOUT or STALE */
  beam_status (*poll)(const beam_host *, beam_call);
  void        (*notify)(const beam_host *, uint32_t kind, beam_str body);
  /* asks the host for a service; parent ties identity, deadline, trace and quota to a request (0: the instance).
     OK: one reply is owed; anything else: none, *out = 0. out may be NULL; it is written before any reply. When the parent completes or is
     cancelled the host aborts its open invokes; their replies still come (CANCELLED). */
  beam_status (*invoke)(const beam_host *, beam_call parent, beam_str op, beam_str body,
                        beam_reply reply, void *user, beam_call *out);
  /* ends an invoke by the id it gave; its reply still comes (CANCELLED). An id that is not open is ignored. */
  void        (*abort)(const beam_host *, beam_call);
};

typedef struct beam_plugin {
  uint64_t struct_size;
  uint32_t abi_major, abi_minor;             /* the header it was compiled against */
  uint64_t flags;                            /* 0 in 1.0; a set high-32 bit the host does not know refuses the plugin */
  beam_str    (*manifest)(void);             /* [loader] static JSON, byte-equal to manifest.json */
  beam_status (*create)(const beam_host *, beam_str config, beam_instance **out);  /* [loader] each instance gets its own beam_host; OK: *out is not NULL */
  void        (*destroy)(beam_instance *);   /* [loader] after STOP completed or its deadline passed */
  beam_status (*submit)(beam_instance *, const beam_request *);  /* [any] OK: owes one complete; else owes none */
  void        (*cancel)(beam_instance *, beam_call, beam_status why);  /* [any] only after this call's submit returned OK; may come after
                                                complete: ignore it. why: CANCELLED, TIMEOUT or UNAVAILABLE (stopping). The call still owes its complete. */
  const void *(*get_interface)(beam_instance *, const char *id);  /* [any] may be NULL */
} beam_plugin;

/* The only exported symbol. The major is in the name: a host without v1 never runs the code.
   [loader] `host` here is for version checks only; returning NULL refuses it. */
BEAM_EXPORT const beam_plugin *beam_plugin_v1(const beam_host *host);

#if defined(__cplusplus)
#define BEAM_ASSERT(c) static_assert(c, #c)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define BEAM_ASSERT(c) _Static_assert(c, #c)
#else
#define BEAM_CAT_(a, b) a##b
#define BEAM_CAT(a, b) BEAM_CAT_(a, b)
#define BEAM_ASSERT(c) typedef char BEAM_CAT(beam_assert_, __LINE__)[(c) ? 1 : -1] __attribute__((unused))
#endif
BEAM_ASSERT(sizeof(beam_str) == 16);
BEAM_ASSERT(sizeof(beam_request) == 80 && offsetof(beam_request, deadline_ns) == 72);
BEAM_ASSERT(sizeof(beam_result) == 64 && offsetof(beam_result, meta) == 48);
BEAM_ASSERT(sizeof(beam_host) == 128 && offsetof(beam_host, complete) == 72);
BEAM_ASSERT(sizeof(beam_plugin) == 72 && offsetof(beam_plugin, submit) == 48);
#ifdef __cplusplus
}
#endif
#endif
