import CGit2
/// v
package func libgit2Start() -> Int32 { git_libgit2_init() }
