/* The walls of a plugin worker, and how one is started. Everything here is the system's own interface. */
#ifndef BEAMLINE_SANDBOX_H
#define BEAMLINE_SANDBOX_H
#include <stdint.h>

/* Layers, as bits. */
#define SANDBOX_NO_NEW_PRIVS 1u /* no program gives it rights, set-user-id ones included */
#define SANDBOX_SECCOMP 2u      /* only the system calls of a list */
#define SANDBOX_RLIMITS 4u      /* memory, descriptors, no files, no core */
#define SANDBOX_LANDLOCK 8u     /* reads libraries only, no TCP, no signals to others */
#define SANDBOX_NAMESPACES 16u  /* users, network, IPC and host name of its own */
#define SANDBOX_CAPABILITIES 32u /* none, and none to be had */

struct sandbox_plan {
  uint32_t required;     /* layers without which nothing may be loaded */
  uint64_t data_bytes;   /* private writable memory, RLIMIT_DATA */
  uint32_t descriptors;  /* open at once */
  uint32_t threads;      /* where the namespaces count them */
  int32_t witness;       /* a socket whose other end answers for what is refused, see witness.h; -1 for nobody */
};

struct sandbox_report {
  uint32_t layers;  /* in force */
  uint32_t missing; /* the first required layer that is not; 0 when all are */
  int32_t error;    /* the system's reason for that */
};

/* In a worker, first thing: keeps what descriptors 0 and 1 are under numbers of their own, puts /dev/null in their
   places, closes everything above 2, empties the environment, and heeds no signal meant for the gateway.
   0, or the system's error. */
int sandbox_settle(const char *name, int *channel, int *image);

/* Walls the process in, layer by layer. It must have one thread. 0 when all required layers are in force. */
int sandbox_enter(const struct sandbox_plan *plan, struct sandbox_report *report);

/* Ends this process when the thread that started it ends. 0, or the system's error, also when it has ended already. */
int sandbox_follow(int parent);

/* A pair of connected sockets and a pipe, of which no other program inherits anything; the first ends do not block.
   0, or the system's error. */
int sandbox_ends(int channel[2], int errors[2]);

/* Starts a program with these three as its descriptors 0, 1 and 2, an environment of one line, in a session of its
   own. The thread that calls must outlive the program. 0, or the system's error. */
int sandbox_spawn(const char *program, char *const arguments[], int channel, int image, int errors, int *pid);

/* Whether a walled-in process may open this to read it; what is not there may be. */
int sandbox_may_read(const char *path, int pid);

/* Installs the list of system calls; internal. */
int sandbox_filter(int witness);
/* Lets the process read libraries only; internal. */
int sandbox_landlock(void);

#endif
