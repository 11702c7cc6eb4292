#!/usr/bin/env bash
# Tries `make image` for real: builds the image twice, pushes it to a registry on this machine's loopback, reads it back,
# looks at its settings, and runs what is in it with the JDK that is here, for the base image is an empty one.
# deploy/kustomize/image is left as it was. Needs docker-registry and skopeo.
# usage: tools/image-test.sh     exit 3: one of them is missing
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source-path=SCRIPTDIR source=jdk.sh
. tools/jdk.sh
find_jdk
for program in docker-registry skopeo python3; do
  command -v "$program" >/dev/null && continue
  echo "image-test: $program is missing (on Debian: apt-get install docker-registry skopeo python3)" >&2
  exit 3
done

work=$(mktemp -d)
kustomization=deploy/kustomize/image/kustomization.yaml
cp "$kustomization" "$work/kustomization.yaml"
registry=
end() {
  cp "$work/kustomization.yaml" "$kustomization"
  if [ -n "$registry" ]; then kill "$registry" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf 'image-test: %s\n' "$*" >&2; }

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$work/registry.yaml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: "127.0.0.1:$port"}
END
docker-registry serve "$work/registry.yaml" >"$work/registry.log" 2>&1 &
registry=$!
at=127.0.0.1:$port

# An image with one empty layer, as a folder that skopeo reads.
python3 - "$work/base" <<'END'
import gzip
import hashlib
import json
import pathlib
import platform
import sys

blobs = pathlib.Path(sys.argv[1], "blobs", "sha256")
blobs.mkdir(parents=True)


def store(content, kind):
    name = hashlib.sha256(content).hexdigest()
    (blobs / name).write_bytes(content)
    return {"mediaType": kind, "digest": "sha256:" + name, "size": len(content)}


layer = bytes(10240)  # a tar without entries
architecture = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]
config = {
    "os": "linux",
    "architecture": architecture,
    "config": {"Env": ["PATH=/usr/local/bin:/usr/bin:/bin"]},
    "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]},
}
oci = "application/vnd.oci.image."
manifest = {
    "schemaVersion": 2,
    "mediaType": oci + "manifest.v1+json",
    "config": store(json.dumps(config).encode(), oci + "config.v1+json"),
    "layers": [store(gzip.compress(layer, mtime=0), oci + "layer.v1.tar+gzip")],
}
index = {"schemaVersion": 2, "manifests": [store(json.dumps(manifest).encode(), manifest["mediaType"])]}
pathlib.Path(sys.argv[1], "index.json").write_text(json.dumps(index))
pathlib.Path(sys.argv[1], "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
END
skopeo --insecure-policy copy --quiet --retry-times 5 --dest-tls-verify=false "oci:$work/base" "docker://$at/base:1"

for tag in 1 2; do
  IMAGE_OPTIONS="-Dquarkus.jib.base-jvm-image=$at/base:1 -Dquarkus.container-image.insecure=true" \
    tools/image.sh "$at/lintel:$tag" >&2
  digest=$(cat target/jib-image.digest)
  pushed=$(skopeo inspect --tls-verify=false --format '{{.Digest}}' "docker://$at/lintel:$tag")
  [ "$digest" = "$pushed" ] || { say "$digest was built, and $pushed is what the registry has"; exit 1; }
  grep -q "digest: $digest" "$kustomization" || { say "$kustomization does not name $digest"; exit 1; }
done

skopeo inspect --config --tls-verify=false "docker://$at/lintel:2" >"$work/config.json"
for tag in 1 2; do
  skopeo --insecure-policy copy --quiet --src-tls-verify=false "docker://$at/lintel:$tag" "dir:$work/image-$tag"
done
python3 - "$work" "$jdk/bin/java" <<'END'
import json
import os
import pathlib
import subprocess
import sys

work, java = pathlib.Path(sys.argv[1]), sys.argv[2]
config = json.loads((work / "config.json").read_text())["config"]


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"image-test: {what} is {found}, not {wanted}")


expect("the user", config.get("User"), "65532:65532")
expect("the working directory", config.get("WorkingDir"), "/lintel")
expect("the ports", sorted(config.get("ExposedPorts", {})), ["8443/tcp", "9000/tcp"])
environment = dict(each.split("=", 1) for each in config["Env"])
expect("MALLOC_ARENA_MAX", environment.get("MALLOC_ARENA_MAX"), "2")
entry = config["Entrypoint"] + config.get("Cmd", [])
expect("the program", entry[0], "java")
for option in ("-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=45"):
    expect(option + " among the options", option in entry, True)

def layers(tag):
    manifest = json.loads((work / f"image-{tag}" / "manifest.json").read_text())
    return [layer["digest"].split(":")[1] for layer in manifest["layers"]]


# The last one has the classes that Quarkus generates, numbered as its threads come by.
expect("what is before the last layer of a second build", layers(2)[:-1], layers(1)[:-1])
root = work / "root"
root.mkdir()
for layer in layers(2):
    subprocess.run(["tar", "--warning=no-unknown-keyword", "-xf", work / "image-2" / layer, "-C", root], check=True)
names = subprocess.run(["tar", "--warning=no-unknown-keyword", "-tf", work / "image-2" / layers(2)[-1]], check=True, capture_output=True, text=True)
expect("what is in the last layer", [n for n in names.stdout.split() if "quarkus" not in n and n != "lintel/"], [])
os.chmod(work, 0o755)
for option in ("--version", "check"):
    samples = root / "samples"
    arguments = [option] if option != "check" else ["check", "-", "--cluster-state", str(samples)]
    if option == "check":
        samples.mkdir()
        for file in pathlib.Path("samples/shop").iterdir():
            (samples / file.name).write_bytes(file.read_bytes())
    write = pathlib.Path("samples/writes/2-misspelt-traffic-distribution.yaml").read_text()
    run = subprocess.run(
        [java] + entry[1:] + arguments,
        cwd=root / "lintel",
        input=write,
        text=True,
        capture_output=True,
        env={**environment, "HOME": "/nonexistent"},
        user=65532 if os.getuid() == 0 else None,
    )
    code, word = (0, "lintel") if option == "--version" else (79, "TD-001")
    if run.returncode != code or word not in run.stdout:
        sys.exit(f"image-test: {option} ends with {run.returncode}: {run.stdout}{run.stderr}")
END
say "two builds of this tree have the same layers but for Quarkus' generated classes, and what is in the image runs"
