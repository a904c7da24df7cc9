#ifndef BEAMLINE_CPOSTGRESQL_SHIM_H
#define BEAMLINE_CPOSTGRESQL_SHIM_H

#include <libpq-fe.h>
#include <sys/ioctl.h>

// How many bytes wait to be read from a socket; 0 when the system does not say. Swift cannot call ioctl, which is
// variadic.
static inline int postgres_readable_bytes(int descriptor) {
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}

// libpq's own processor writes to standard error.
static inline void postgres_ignore_notice(void *context, const char *message) {
    (void)context;
    (void)message;
}

static inline void postgres_ignore_notices(PGconn *connection) {
    PQsetNoticeProcessor(connection, postgres_ignore_notice, NULL);
}

// The field codes are macros of characters, which Swift does not see.
static inline const char *postgres_error_state(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *postgres_error_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

static inline const char *postgres_error_detail(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
}

static inline const char *postgres_error_position(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
}

#endif
