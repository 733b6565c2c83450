internal import CGit2

/// The signature of a message by a shared key: HMAC with SHA-256 (RFC 2104), 32 bytes.
///
/// From the library that libgit2 itself is linked with, so that it costs nothing at the start.
package func signature(of message: [UInt8], key: [UInt8]) -> [UInt8]? {
    var digest = [UInt8](repeating: 0, count: 32)
    guard let kind = unsafe mbedtls_md_info_from_type(MBEDTLS_MD_SHA256) else { return nil }
    let code = unsafe mbedtls_md_hmac(kind, key, key.count, message, message.count, &digest)
    return code == 0 ? digest : nil
}

/// The SHA-256 checksum of some content, 32 bytes; nil if the library has no such digest.
package func checksum(of content: [UInt8]) -> [UInt8]? {
    var digest = [UInt8](repeating: 0, count: 32)
    guard let kind = unsafe mbedtls_md_info_from_type(MBEDTLS_MD_SHA256) else { return nil }
    let code = unsafe mbedtls_md(kind, content, content.count, &digest)
    return code == 0 ? digest : nil
}
