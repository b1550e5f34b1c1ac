-- The rights of an operators' subgraph.
grant select on bus.dead_letter to supergraph_clerk;
grant execute on function bus.retry_dead_letters, bus.discard_dead_letters, bus.restore_dead_letters to supergraph_clerk;
