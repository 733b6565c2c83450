// Stands in for libgit2's network transports when it is linked statically.
//
// hooks never opens a connection: transport is the git program's work. A static link would still pull
// in mbedTLS, libssh2 and Kerberos, and spend milliseconds at every start on the system's certificates.
// The linker takes these definitions instead of the archive's members. Linked dynamically they are unused.

#include <stddef.h>

int git_http__expect_continue = 0;

int git_openssl_stream_global_init(void) { return 0; }
int git_mbedtls_stream_global_init(void) { return 0; }
int git_stream_registry_global_init(void) { return 0; }
int git_transport_ssh_global_init(void) { return 0; }

#define UNAVAILABLE(name) int name(void) { return -1; }
UNAVAILABLE(git_openssl__set_cert_location)
UNAVAILABLE(git_mbedtls__set_cert_location)
UNAVAILABLE(git_stream_register)
UNAVAILABLE(git_smart_subtransport_git)
UNAVAILABLE(git_smart_subtransport_http)
UNAVAILABLE(git_smart_subtransport_ssh)
