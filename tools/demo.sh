#!/usr/bin/env bash
# Walks a newcomer through Lintel: a small shop behind kgateway in an ambient mesh, then a series of writes, each as a
# user would type it, with the answer as kubectl prints it.
# With a kube-apiserver (KUBEBUILDER_ASSETS, the cache, or a download) the writes go through it and a real kubectl;
# without one they go straight to Lintel over HTTPS.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source-path=SCRIPTDIR source=jdk.sh
. tools/jdk.sh
find_or_install_jdk

work=$(mktemp -d)
pids=()
# An API server whose etcd is gone would wait for it long; nothing here is worth a farewell.
finish() {
  for pid in ${pids[@]+"${pids[@]}"}; do kill -KILL "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

bold='' green='' yellow='' red='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' green=$'\e[32m' yellow=$'\e[33m' red=$'\e[31m' plain=$'\e[0m'
fi

fail() {
  printf 'demo: %s\n' "$1" >&2
  [ -z "${2:-}" ] || tail -n 30 "$2" >&2
  exit 1
}

# usage: await SECONDS WHAT LOG COMMAND...     until the command succeeds
await() {
  local deadline=$((SECONDS + $1)) what=$2 log=$3
  shift 3
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || fail "$what did not start" "$log"
    if [ -t 2 ]; then printf '\rwaiting for %s ... %d s' "$what" "$SECONDS" >&2; fi
    sleep 0.2
  done
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

# Starts Lintel; sets port. The arguments are those of `lintel serve`.
start_lintel() {
  "$jdk/bin/java" -jar target/quarkus-app/quarkus-run.jar serve --port 0 --management-port 0 "$@" \
    >"$work/lintel.log" 2>&1 &
  pids+=($!)
  await 60 Lintel "$work/lintel.log" grep -q 'Listening on: https' "$work/lintel.log"
  port=$(sed -n 's|.*Listening on: https://[^:]*:\([0-9]*\).*|\1|p' "$work/lintel.log")
  [ -n "$port" ] || fail "Lintel does not say where it listens" "$work/lintel.log"
}

# ---- through a real kube-apiserver ----


start_apiserver() {
  local client peer
  read -r client peer server <<<"$("$jdk/bin/java" tools/demo/FreePorts.java 3)"
  openssl genrsa -out "$work/sa.key" 2048 2>/dev/null
  printf 'demo-token,admin,admin,system:masters\n' >"$work/tokens.csv"
  "$assets/etcd" --data-dir "$work/etcd" --unsafe-no-fsync --log-level error \
    --listen-client-urls "http://127.0.0.1:$client" --advertise-client-urls "http://127.0.0.1:$client" \
    --listen-peer-urls "http://127.0.0.1:$peer" >"$work/etcd.log" 2>&1 &
  pids+=($!)
  "$assets/kube-apiserver" --etcd-servers="http://127.0.0.1:$client" --bind-address=127.0.0.1 \
    --secure-port="$server" --cert-dir="$work/certs" --service-cluster-ip-range=10.96.0.0/16 \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$work/sa.key" \
    --service-account-signing-key-file="$work/sa.key" --authorization-mode=RBAC \
    --token-auth-file="$work/tokens.csv" --disable-admission-plugins=ServiceAccount >"$work/apiserver.log" 2>&1 &
  pids+=($!)
  kubeconfig admin demo-token
  export KUBECONFIG=$work/admin
  await 60 kube-apiserver "$work/apiserver.log" kubectl get --raw=/readyz
}

# usage: kubeconfig NAME TOKEN
kubeconfig() {
  cat >"$work/$1" <<END
apiVersion: v1
kind: Config
clusters: [{name: demo, cluster: {server: "https://127.0.0.1:$server", insecure-skip-tls-verify: true}}]
users: [{name: demo, user: {token: $2}}]
contexts: [{name: demo, context: {cluster: demo, user: demo}}]
current-context: demo
END
}

fill_cluster() {
  kubectl apply --server-side -f samples/crds >"$work/fill.log" 2>&1 || fail "the CRDs were refused" "$work/fill.log"
  kubectl wait --for=condition=Established --timeout=30s crd --all >>"$work/fill.log" 2>&1
  kubectl apply -f samples/shop >>"$work/fill.log" 2>&1 || fail "the shop was refused" "$work/fill.log"
  # No controller runs here that would report the addresses of the Gateways.
  has_address edge/front '{"type": "IPAddress", "value": "203.0.113.7"}'
  has_address shop/waypoint '{"type": "Hostname", "value": "waypoint.shop.svc.cluster.local"}'
  kubectl kustomize deploy/kustomize/base | kubectl apply -f - >>"$work/fill.log" 2>&1 ||
    fail "the installation was refused" "$work/fill.log"
}

# usage: has_address NAMESPACE/NAME ADDRESS
has_address() {
  kubectl patch gateway "${1#*/}" --namespace "${1%/*}" --subresource=status --type=merge \
    --patch "{\"status\": {\"addresses\": [$2]}}" >>"$work/fill.log" 2>&1 || fail "a status was refused" "$work/fill.log"
}

# Lintel with the rights of its ServiceAccount, behind the shipped webhook configuration. Only Pods are missing here, so
# the Service leads to this machine.
register_webhook() {
  certs/dev-ca.sh "$work/tls" >>"$work/fill.log" 2>&1
  kubeconfig lintel "$(kubectl create token lintel --namespace lintel-system)"
  KUBECONFIG=$work/lintel start_lintel --tls-cert "$work/tls/tls.crt" --tls-key "$work/tls/tls.key"
  {
    kubectl delete service lintel --namespace lintel-system
    kubectl create service externalname lintel --external-name localhost --namespace lintel-system
    kubectl kustomize webhook-config | sed "s/port: 443/port: $port/" | kubectl apply -f -
    kubectl patch validatingwebhookconfiguration lintel --patch "$(certs/dev-ca.sh --patch "$work/tls")"
  } >>"$work/fill.log" 2>&1 || fail "the webhook configuration was refused" "$work/fill.log"
  await 60 "the webhook" "$work/lintel.log" is_asked
}

is_asked() {
  ! kubectl apply --dry-run=server -f samples/writes/2-misspelt-traffic-distribution.yaml
}

# ---- without one ----

start_embedded() {
  mkdir "$work/state"
  cp samples/shop/*.yaml "$work/state"
  start_lintel --topology samples/shop
  certificate=$(sed -n 's/.*made a self-signed certificate: //p' "$work/lintel.log")
}

# ---- the walk ----

apply() {
  if [ -n "$assets" ]; then
    kubectl apply -f "$1"
  else
    "$jdk/bin/java" -cp "$libraries" tools/demo/Kubectl.java "https://127.0.0.1:$port/validate" "$certificate" "$work/state" "$1"
  fi
}

show_write() {
  printf '\n%s' "$bold"
  sed -n '/^#/!q; s/^# //p' "$1"
  printf '%s$ kubectl apply -f %s\n' "$plain" "$1"
  apply "$1" >"$work/answer" 2>&1 || true
  while IFS= read -r line; do
    case $line in
      Warning:*) printf '%s%s%s\n' "$yellow" "$line" "$plain" ;;
      *' created' | *' configured' | *' unchanged') printf '%s%s%s\n' "$green" "$line" "$plain" ;;
      *) printf '%s%s%s\n' "$red" "$line" "$plain" ;;
    esac
  done <"$work/answer"
  cat "$work/answer" >>"$work/answers"
}

libraries=$(printf '%s:' target/quarkus-app/app/*.jar target/quarkus-app/lib/main/*.jar)
assets=$(tools/envtest.sh --no-build 2>"$work/envtest.log") || assets=
port='' certificate=''
if [ -n "$assets" ]; then
  PATH=$assets:$PATH
  printf 'Starting a kube-apiserver and Lintel, with the objects of samples/shop.\n'
  start_apiserver
  fill_cluster
  register_webhook
  printf 'Each write goes through kubectl and a real kube-apiserver (%s).\n' "$("$assets/kube-apiserver" --version)"
else
  printf 'Starting Lintel on the objects of samples/shop.\n'
  start_embedded
  printf 'There is no kube-apiserver here, so each write goes straight to Lintel over HTTPS, as an admission review;\n'
  printf 'the answer is printed as kubectl prints it. With KUBEBUILDER_ASSETS set, the same goes through a real one.\n'
fi

: >"$work/answers"
for write in samples/writes/*.yaml; do
  show_write "$write"
done

denials=$(grep -c '^The .* is invalid' "$work/answers" || true)
warnings=$(grep -c '^Warning:' "$work/answers" || true)
printf '\n%sLintel stopped %s writes and gave %s warnings.%s What it says of any file: bin/lintel check --cluster-state samples/shop -f FILE\n' \
  "$bold" "$denials" "$warnings" "$plain"
if [ "$denials" -lt 3 ] || [ "$warnings" -lt 2 ]; then
  fail "that is less than the demo has to show" "$work/lintel.log"
fi
