#!/usr/bin/env bash
# Builds the image without a container engine, pushes it, and lets the overlays deploy exactly this one, by its digest.
# usage: tools/image.sh registry.example/lintel:1.0
# IMAGE_OPTIONS: further options of the build, separated by blanks, such as -Dquarkus.jib.base-jvm-image=NAME (another
#                base image) or -Dquarkus.container-image.insecure=true (a registry without TLS)
set -euo pipefail

image=${1:-}
if [ -z "$image" ]; then
  printf 'usage: make image IMAGE=registry.example/lintel:1.0\n' >&2
  exit 2
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."

read -ra options <<<"${IMAGE_OPTIONS:-}" || true
rm -f target/jib-image.digest
tools/attend.sh "building and pushing $image" tools/maven.sh --batch-mode --no-transfer-progress --quiet package -Dmaven.test.skip=true \
  -Dquarkus.container-image.build=true -Dquarkus.container-image.push=true -Dquarkus.container-image.image="$image" \
  ${options[@]+"${options[@]}"}
digest=$(cat target/jib-image.digest)

# A tag stands behind the last slash: what is before it may have a port.
name=${image##*/}
name=${image%"$name"}${name%%[:@]*}
sed -i.bak -e "s|^\( *newName: \).*|\1$name|" -e "s|^\( *\)newTag: .*|\1digest: $digest|" -e "s|^\( *digest: \).*|\1$digest|" \
  deploy/kustomize/image/kustomization.yaml
rm deploy/kustomize/image/kustomization.yaml.bak
printf 'pushed %s\ndeploy/kustomize/image names it now: %s@%s\n' "$image" "$name" "$digest"
