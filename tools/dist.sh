#!/usr/bin/env bash
# Makes what a person publishes as a release, in target/dist: the command line as an archive, the manifests in one file,
# a list of what is inside (SBOM), a manifest for krew and a formula for Homebrew, and the checksums of it all.
# The same build gives the same bytes; of two builds of the same sources the jar with Quarkus' generated classes differs.
# usage: tools/dist.sh
# IMAGE: names the image in install.yaml; with a tag only, it is what the registry has under it when the Pods start.
#        Without it, it is the one of deploy/kustomize/image, which `make image` sets.
# URL:   where the files will be found, for krew and Homebrew (default: the releases of the project at GitHub)
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' pom.xml)
time=$(sed -n 's|.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*|\1|p' pom.xml)
url=${URL:-https://github.com/lintel-dev/lintel/releases/download/v$version}
dist=target/dist
name=lintel-$version
tree=target/dist-tree/$name

say() { printf 'dist: %s\n' "$*" >&2; }

# Only GNU's tar orders entries and leaves out who made them.
tar=
for candidate in gtar tar; do
  if "$candidate" --version 2>/dev/null | grep -q 'GNU tar'; then
    tar=$candidate
    break
  fi
done
if [ -z "$tar" ]; then
  say "GNU tar is needed (brew install gnu-tar)"
  exit 3
fi

# What renders kustomizations; the one of the tests will do.
kubectl=$(type -P kubectl || true)
if [ -z "$kubectl" ]; then
  assets=$(tools/envtest.sh --no-fetch --no-build 2>/dev/null) && kubectl=$assets/kubectl
fi
if [ -z "$kubectl" ]; then
  say "kubectl is needed: put one on the PATH, or run \`tools/envtest.sh\`, which builds it"
  exit 3
fi

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# Puts the values of a release into a template of packaging/.
fill() {
  sed -e "s|@VERSION@|$version|g" -e "s|@URL@|$url|g" -e "s|@SHA256@|$sum|g" "packaging/$1"
}

rm -rf "$dist" target/dist-tree
mkdir -p "$dist" "$tree"/bin "$tree"/libexec/samples "$tree"/share/{man/man1,doc/lintel,bash-completion/completions} \
  "$tree"/share/{zsh/site-functions,fish/vendor_completions.d}

cp bin/lintel "$tree/bin/"
ln -s lintel "$tree/bin/kubectl-lintel"
cp -R target/quarkus-app/. "$tree/libexec/"
# Names folders of the machine that built it, and nobody reads it.
rm -f "$tree/libexec/quarkus-app-dependencies.txt"
cp tools/jdk.sh tools/aot.sh "$tree/libexec/"
cp -R samples/shop samples/writes "$tree/libexec/samples/"
cp LICENSE README.md CHANGELOG.md "$tree/share/doc/lintel/"
cp -R docs "$tree/share/doc/lintel/docs"
cp target/man/*.1 "$tree/share/man/man1/"
bin/lintel completion bash >"$tree/share/bash-completion/completions/lintel"
bin/lintel completion zsh >"$tree/share/zsh/site-functions/_lintel"
bin/lintel completion fish >"$tree/share/fish/vendor_completions.d/lintel.fish"
chmod -R u=rwX,go=rX "$tree"

"$tar" --sort=name --mtime="$time" --owner=0 --group=0 --numeric-owner --format=ustar -C target/dist-tree -cf - "$name" |
  gzip --no-name --best >"$dist/$name.tar.gz"

# Where the native executable was built, it is a file to run by itself.
for runner in target/lintel-*-runner; do
  [ -x "$runner" ] || continue
  cp "$runner" "$dist/lintel-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)"
done

"$kubectl" kustomize deploy/kustomize/overlays/self-managed >"$dist/install.yaml"
image=$(sed -n 's/^ *image: //p' "$dist/install.yaml")
if [ -n "${IMAGE:-}" ]; then
  sed -i.bak "s|^\( *image: \).*|\1$IMAGE|" "$dist/install.yaml"
  rm "$dist/install.yaml.bak"
  image=$IMAGE
fi
case $image in
  *@sha256:*) ;;
  *) say "install.yaml names $image, which is no digest: \`make image IMAGE=...\` first, or IMAGE=...@sha256:..." ;;
esac

cp target/lintel.cdx.json "$dist/"
sum=$(sha256 "$dist/$name.tar.gz")
sum=${sum%% *}
fill krew.yaml >"$dist/krew.yaml"
fill homebrew.rb >"$dist/lintel.rb"
cp -R target/dist-tree/"$name"/share/man "$dist/man"
sums=$(cd "$dist" && find . -type f | sed 's|^\./||' | LC_ALL=C sort | while IFS= read -r file; do sha256 "$file"; done)
printf '%s\n' "$sums" >"$dist/SHA256SUMS"

say "$dist holds release $version; to publish it:"
say "  gh release create v$version $dist/*.* $dist/SHA256SUMS"
