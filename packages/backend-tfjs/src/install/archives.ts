/** An archive that holds TensorFlow's shared libraries; wheels and jars are both zip files. */
export interface Archive {
  readonly kind: "wheel" | "jar";
  readonly url: string;
  readonly sizeMB: number;
  readonly checksum: { readonly algorithm: "sha256" | "sha1"; readonly hex: string };
  /** How pip names the same wheel. */
  readonly pip?: { readonly requirement: string; readonly platform: string };
}

/** Without directories: the two that the addon is linked with. */
export const LIBRARY_NAMES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"],
  darwin: ["libtensorflow_cc.2.dylib", "libtensorflow_framework.2.dylib"],
};

const PYPI = "https://files.pythonhosted.org/packages";
const MAVEN = "https://repo1.maven.org/maven2/org/tensorflow";

const wheel = (
  path: string,
  sizeMB: number,
  hex: string,
  requirement: string,
  platform: string,
): Archive => ({
  kind: "wheel",
  url: `${PYPI}/${path}`,
  sizeMB,
  checksum: { algorithm: "sha256", hex },
  pip: { requirement, platform },
});

/** Maven Central publishes SHA-1 for these. */
const jar = (artifact: string, version: string, platform: string, sizeMB: number, hex: string): Archive => ({
  kind: "jar",
  url: `${MAVEN}/${artifact}/${version}/${artifact}-${version}-${platform}.jar`,
  sizeMB,
  checksum: { algorithm: "sha1", hex },
});

/**
 * By platform, in the order in which they are tried. The wheel comes first although the jar is smaller: its
 * library is built with AVX, as the one of the ordinary install is, and infers about a tenth faster. tfjs-node is
 * made for TensorFlow 2.9; its C interface has not changed since.
 */
export const ARCHIVES: Readonly<Record<string, readonly Archive[]>> = {
  "linux-x64": [
    wheel(
      "68/f6/0dac98459ac7b7dd1f7559c55bff360a742c2220610cf1851c89038567b8/tensorflow_cpu-2.13.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
      187,
      "87be6e61314b2c0fa062f71e26e41d6a17e162ffe4da72c820fe8f1fc94d97fe",
      "tensorflow-cpu==2.13.1",
      "manylinux2014_x86_64",
    ),
    jar("tensorflow-core-api", "0.5.0", "linux-x86_64", 117, "c748cf69ea20781506f84bfd325c6c50c43676cc"),
  ],
  "linux-arm64": [
    wheel(
      "0d/3d/45956345442e3a7b335df6f13d068121d8454c243f31b1f44244705ac584/tensorflow-2.18.0-cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
      232,
      "85f1e7369af6d329b117b52e86093cd1e0458dd5404bf5b665853f873dd00b48",
      "tensorflow==2.18.0",
      "manylinux2014_aarch64",
    ),
    jar("tensorflow-core-native", "1.1.0", "linux-arm64", 157, "12397c5fb57ff66764f5043b1cf2868ef3372fc4"),
  ],
  "darwin-arm64": [
    wheel(
      "26/08/556c4159675c1a30e077ec2a942eeeb81b457cc35c247a5b4a59a1274f05/tensorflow-2.18.0-cp311-cp311-macosx_12_0_arm64.whl",
      239,
      "453cb60638a02fd26316fb36c8cbcf1569d33671f17c658ca0cf2b4626f851e7",
      "tensorflow==2.18.0",
      "macosx_12_0_arm64",
    ),
    jar("tensorflow-core-native", "1.1.0", "macosx-arm64", 133, "34d03ffd4487e6941581d4596f7d49636197c1d5"),
  ],
  "darwin-x64": [
    wheel(
      "d6/5a/3fadca27a536da977d32074ce8e0030bdcffe0c0bcf9562eb45ed1b3b1ed/tensorflow_cpu-2.13.1-cp311-cp311-macosx_10_15_x86_64.whl",
      216,
      "20f278a756665c4eccd04423035cde334d65d4cfc7bb6f7f42cf8067764de982",
      "tensorflow-cpu==2.13.1",
      "macosx_10_15_x86_64",
    ),
    jar("tensorflow-core-api", "0.5.0", "macosx-x86_64", 119, "2bc099f04a3fe005170ccd38a42e530bf4fc42d5"),
  ],
};

/** As the record and the log name it: "wheel tensorflow_cpu-2.13.1". */
export function describeArchive({ kind, url }: Archive): string {
  const [, name = url] = /\/([^/]+?-\d[\d.]*\d)[^/]*$/.exec(url) ?? [];
  return `${kind} ${name}`;
}
