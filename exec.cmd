@rem The npm scripts say "exec", so that elsewhere no shell stands between npm's signals and us. Windows has no such word.
@%*
