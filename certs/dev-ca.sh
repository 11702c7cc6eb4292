#!/usr/bin/env bash
# A certificate authority for development, and a serving certificate for the webhook as files. Elsewhere Lintel makes its
# certificate itself (deploy/kustomize/overlays/self-managed), or cert-manager does (issuer.yaml, certificate.yaml here).
set -euo pipefail

readonly SERVICE=lintel
readonly NAMESPACE=lintel-system
readonly WEBHOOKS=(ingress-path.lintel.dev path-impact.lintel.dev policy.lintel.dev)
readonly DAYS=90
readonly DAY_IN_SECONDS=86400

usage() {
  cat <<'TEXT'
Usage: dev-ca.sh [--secret] [--patch] [--force] [FOLDER]

Makes ca.crt, tls.crt and tls.key in FOLDER (default: dev, beside this script). What is there and valid for
another day is kept, so it may be called again at no cost.

  --secret   print the certificate and key as a Secret for the Deployment
  --patch    print a patch that puts the CA into the webhook configuration
  --force    make a new authority and certificate in any case

  dev-ca.sh --secret | kubectl apply -f -
  kubectl patch validatingwebhookconfiguration lintel --patch "$(dev-ca.sh --patch)"
TEXT
}

fail() {
  printf 'dev-ca.sh: %s\n' "$1" >&2
  exit 1
}

# Succeeds if the folder holds a pair that a server could still use tomorrow.
still_good() {
  [[ -s $1/ca.crt && -s $1/tls.crt && -s $1/tls.key ]] &&
    openssl x509 -in "$1/tls.crt" -noout -checkend "$DAY_IN_SECONDS" >/dev/null &&
    openssl verify -CAfile "$1/ca.crt" "$1/tls.crt" >/dev/null 2>&1 &&
    [[ $(openssl x509 -in "$1/tls.crt" -noout -pubkey) == "$(openssl pkey -in "$1/tls.key" -pubout 2>/dev/null)" ]]
}

new_key() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null
}

write_openssl_config() {
  cat >"$1" <<TEXT
[req]
distinguished_name = subject
prompt = no
[subject]
CN = $SERVICE.$NAMESPACE.svc
[ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[serving]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:$SERVICE.$NAMESPACE.svc, DNS:$SERVICE.$NAMESPACE.svc.cluster.local, DNS:localhost, IP:127.0.0.1
TEXT
}

# Works in a folder of its own and moves the three files at the end, so that a failure leaves the old ones alone.
# The authority's key never leaves that folder: nobody can sign a second certificate with it.
make_certificates() {
  local folder=$1
  mkdir -p "$folder"
  work=$(mktemp -d "$folder/.new.XXXXXX") # not local: the trap reads it after the function has ended
  trap 'rm -rf "$work"' EXIT
  write_openssl_config "$work/openssl.cnf"
  new_key "$work/ca.key"
  openssl req -x509 -new -sha256 -days "$DAYS" -key "$work/ca.key" -subj "/CN=lintel development CA" \
    -config "$work/openssl.cnf" -extensions ca -out "$work/ca.crt"
  new_key "$work/tls.key"
  openssl req -new -sha256 -key "$work/tls.key" -config "$work/openssl.cnf" -out "$work/tls.csr"
  openssl x509 -req -sha256 -days "$DAYS" -in "$work/tls.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" \
    -set_serial "0x$(openssl rand -hex 16)" -extfile "$work/openssl.cnf" -extensions serving \
    -out "$work/tls.crt" 2>/dev/null
  still_good "$work" || fail "openssl made a certificate that does not verify"
  mv "$work/ca.crt" "$work/tls.crt" "$work/tls.key" "$folder/"
}

base64_of() {
  openssl base64 -A -in "$1"
}

print_secret() {
  cat <<TEXT
---
apiVersion: v1
kind: Secret
metadata:
  name: lintel-tls
  namespace: $NAMESPACE
  labels:
    app.kubernetes.io/name: lintel
    app.kubernetes.io/component: certificates
    app.kubernetes.io/part-of: lintel
type: kubernetes.io/tls
data:
  ca.crt: $(base64_of "$1/ca.crt")
  tls.crt: $(base64_of "$1/tls.crt")
  tls.key: $(base64_of "$1/tls.key")
TEXT
}

print_patch() {
  local authority webhook
  authority=$(base64_of "$1/ca.crt")
  cat <<TEXT
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: lintel
webhooks:
TEXT
  for webhook in "${WEBHOOKS[@]}"; do
    cat <<TEXT
  - name: $webhook
    clientConfig:
      caBundle: $authority
TEXT
  done
}

main() {
  local folder='' secret=false patch=false force=false
  while (($# > 0)); do
    case $1 in
      --secret) secret=true ;;
      --patch) patch=true ;;
      --force) force=true ;;
      -h | --help) usage && return ;;
      -*) fail "unknown option $1 (--help lists them)" ;;
      *)
        [[ -z $folder ]] || fail "one folder, please: $folder or $1"
        folder=$1
        ;;
    esac
    shift
  done
  command -v openssl >/dev/null || fail "openssl is needed and was not found"
  folder=${folder:-$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/dev}
  umask 077
  if [[ $force == true ]] || ! still_good "$folder"; then
    make_certificates "$folder"
    printf 'Wrote ca.crt, tls.crt and tls.key to %s (valid for %s days)\n' "$folder" "$DAYS" >&2
  fi
  if [[ $secret == true ]]; then print_secret "$folder"; fi
  if [[ $patch == true ]]; then print_patch "$folder"; fi
}

main "$@"
