/** What a subgraph tells the gateway's guard about its fields, besides federation's own directives. */
export const GUARD_DIRECTIVES = `"""
Limits how often the field may be asked for: \`max\` times in any \`seconds\` seconds. Each use counts, so a field that one
operation has under five aliases counts five times. More is refused with RATE_LIMITED before anything is executed.

\`by\` says for whom there is one count: "caller" (the API key, or else the person, or else the address), "address", the path of
an argument such as "input.email", or several of them: "address+input.email" counts each pair. Several limits on one field all
hold.
"""
directive @rateLimited(
  """How often, at most."""
  max: Int!
  """In any time of this length."""
  seconds: Int!
  """For whom there is one count."""
  by: String! = "caller"
) repeatable on FIELD_DEFINITION

"""
The field is the same for everybody and may be shown for \`maxAge\` seconds after it was read. A query of nothing but such fields
is answered from the gateway's memory for as long as the shortest of them allows.
"""
directive @cacheControl(
  """How long it may be shown after it was read, in seconds."""
  maxAge: Int!
) on FIELD_DEFINITION | OBJECT`;
