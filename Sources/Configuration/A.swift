import TOMLKit
/// x
package func parse(_ s: String) throws -> Int { try TOMLTable(string: s).count }
