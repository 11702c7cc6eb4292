# Makes a folder with what the commands in the documents name. The first argument is the folder, the second Lintel's tree.
set -euo pipefail
cd "$1"
tree=$2
mkdir -p bin home/.config/fish/completions
ln -s "$tree/bin/lintel" bin/lintel
git init --quiet --initial-branch main
cp -R "$tree/samples" samples

cp samples/assertions/shop.yaml assertions.yaml
mkdir -p apps deploy overlays/prod chart/templates policy-tests shop
cp samples/shop/4-shop.yaml apps/shop.yaml
cp samples/shop/4-shop.yaml deploy/shop.yaml
cp -R samples/writes writes
cp samples/shop/*.yaml shop/
printf 'resources: [shop.yaml]\n' >overlays/prod/kustomization.yaml
cp samples/shop/4-shop.yaml overlays/prod/shop.yaml
printf 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' >chart/Chart.yaml
cat >chart/templates/cart.yaml <<'END'
apiVersion: v1
kind: Service
metadata: {name: {{ .Values.name }}, namespace: shop}
spec: {ports: [{port: 80}]}
END
printf 'name: cart\n' >values.yaml
printf 'name: cart-prod\n' >values-prod.yaml
printf 'apiVersion: lintel.dev/v1\nkind: Policy\n' >policy.yaml
# The sample that docs/cli.md shows.
sed -n '/^# policy: {/,/^```/p' "$tree/docs/cli.md" | sed '$d' >policy-tests/cart.yaml
gzip >audit.log.gz <<'END'
{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","stage":"ResponseComplete","verb":"create","requestURI":"/api/v1/namespaces/shop/services","user":{"username":"alice"},"objectRef":{"namespace":"shop","name":"cart","resource":"services"},"responseStatus":{"code":201},"requestObject":{"metadata":{"name":"cart","annotations":{"networking.istio.io/traffic-distribution":"PreferClosest"}}},"responseObject":{"metadata":{"name":"cart","namespace":"shop"}},"requestReceivedTimestamp":"2026-11-01T08:15:00.000001Z"}
END
cp -R shop old
cp -R shop new
rm new/2-controllers.yaml
cp -R shop cluster
cp -R shop state

git add --all
git commit --quiet --message 'What exists'
git update-ref refs/remotes/origin/main main
git switch --quiet --create change
sed -i.bak 's/port: 8080/port: 8081/' deploy/shop.yaml
rm deploy/shop.yaml.bak
git commit --quiet --all --message 'A change'
