/// x
package func script() -> [UInt8] { PackageResources.pre_commit }
