class Lintel < Formula
  desc "Judge the ingress path of an Istio ambient mesh behind kgateway"
  homepage "https://github.com/lintel-dev/lintel"
  url "@URL@/lintel-@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license "Apache-2.0"

  depends_on "openjdk"

  def install
    libexec.install Dir["*"]
    (bin/"lintel").write_env_script libexec/"bin/lintel", JAVA_HOME: Language::Java.java_home
    (bin/"kubectl-lintel").write_env_script libexec/"bin/kubectl-lintel", JAVA_HOME: Language::Java.java_home
    man1.install Dir[libexec/"share/man/man1/*.1"]
    bash_completion.install libexec/"share/bash-completion/completions/lintel"
    zsh_completion.install libexec/"share/zsh/site-functions/_lintel"
    fish_completion.install libexec/"share/fish/vendor_completions.d/lintel.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/lintel --version")
  end
end
