# Every target finds what it needs: a JDK 25, Maven and, for tests, a kube-apiserver. `make test` and `make demo` install a
# JDK and Maven that are missing, with the package manager of this system; the others say what to run. LINTEL_INSTALL=no
# keeps all from it, and LINTEL_INSTALL=yes lets all do it.

MVN := tools/maven.sh --batch-mode --no-transfer-progress
APP := target/quarkus-app/quarkus-run.jar
CACHE := target/lintel.aot
# Folders too: their time changes when a file is removed.
SOURCES := $(shell find src/main pom.xml)

test demo: export LINTEL_INSTALL ?= yes

.DEFAULT_GOAL := help
.PHONY: help build test demo bench bench-start lint fuzz image dist docs mutants format clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s%s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: $(CACHE) ## Build what bin/lintel runs (installs nothing; says what is missing)

$(APP): $(SOURCES)
	@tools/maven.sh --version >/dev/null
	@tools/attend.sh "building Lintel (the first time this downloads its libraries)" $(MVN) --quiet package -Dmaven.test.skip=true
	@touch $(APP)

$(CACHE): $(APP)
	@tools/attend.sh "making the cache with which lintel starts sooner" tools/aot.sh || echo "lintel will start without it" >&2

test: ## Set everything up (a JDK and Maven too) and run all tests, those on a real kube-apiserver among them
	@tools/test.sh

demo: build ## Walk through a series of writes and see Lintel's warnings and denials (sets up a JDK and Maven)
	@tools/demo.sh

bench: build ## Measure the judge, the topology, round trips over HTTPS and check on many files
	@$(MVN) --quiet -Pbench verify -DskipTests
	@tools/bench-check.sh

bench-start: build ## Measure how soon a command is done, beside `java -version`
	@tools/bench-start.sh

lint: ## Check workflows, the action and scripts (needs shellcheck, and Go for actionlint)
	@tools/lint.sh

mutants: ## Test the tests of rules and topology: at least 85 % of mutants must be found (takes long)
	@$(MVN) -Pmutants test-compile org.pitest:pitest-maven:mutationCoverage

fuzz: ## Let Jazzer look for inputs that break something: 5 minutes a target (FUZZ_SECONDS, FUZZ_TARGETS)
	@tools/fuzz.sh $(FUZZ_TARGETS)

image: ## Build an image without a container engine, push it, deploy it from now on: make image IMAGE=registry.example/lintel:1.0
	@IMAGE_OPTIONS="$(IMAGE_OPTIONS)" tools/image.sh "$(IMAGE)"

dist: build ## Make the files of a release, in target/dist
	@tools/attend.sh "writing the man pages and the list of what is inside" $(MVN) --quiet -Pdist test -Dtest=ManPagesTest \
		asciidoctor:process-asciidoc@default cyclonedx:makeBom@default
	@IMAGE="$(IMAGE)" tools/dist.sh

docs: ## Write the list of rules, how to accept each, and the samples for warming up, from the catalogue
	@$(MVN) --quiet test -Dtest=RuleIndexTest,WarmUpSampleTest,AcceptanceTest -Dlintel.docs=write

format: ## Format the sources
	@$(MVN) --quiet spotless:apply

clean: ## Remove what was built
	@rm -rf target
