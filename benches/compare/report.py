"""The figures as tables in Markdown, and each aim with its figure. Measures nothing."""

FLOOR, DRAINED = ("hyper, fixed answer", "get"), ("hyper, body drained", "read")
CALLS = {"get": "GET", "read": "read", "create": "create"}
# 19 MiB a hasher thread come on top of it.
MEMORY_MIB = 16


def tables(measured):
    served = measured["served"]
    lines = [
        "| server | call | requests/s | p50 ms | p99 ms | p99.9 ms | worst ms | CPU a call µs | errors | of raw hyper | of gSOAP |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for (name, operation), row in served.items():
        times = " | ".join(f"{row[key]:.1f}" for key in ("p50_ms", "p99_ms", "p999_ms", "worst_ms"))
        of_hyper = ratio(served, (name, operation), FLOOR)
        of_gsoap = ratio(served, (name, operation), ("gsoap", operation))
        lines.append(
            f"| {name} | {CALLS[operation]} | {row['requests_per_s']:,.0f} | {times} | {row['cpu_us']:.0f} | {row['errors']} "
            f"| {written(of_hyper)} | {written(of_gsoap)} |"
        )
    lines += [f"| {name} | | absent: {reason} | | | | | | | | |" for name, reason in measured["absent"].items()]
    failed = [f"{name}, {operation}: {row['first_error']}" for (name, operation), row in served.items() if row["errors"]]
    if failed:
        lines += ["", "The first errors:", *failed]
    if "creates" in measured:
        lines += ["", *inside(measured)]
    return "\n".join(lines) + "\n"


def inside(measured):
    """What was measured without HTTP."""
    lines = ["| creations without HTTP | creates/s | of the raw loop | p50 ms | p99 ms | worst ms |", "|---|---|---|---|---|---|"]
    for (people, name), row in measured["creates"].items():
        times = [row[key] for key in ("p50_ms", "p99_ms", "worst_ms")]
        told = " | ".join(f"{time:.1f}" if time else "" for time in times)
        lines.append(f"| {name}, among {people:,} | {row['creates_per_s']:,.0f} | {row['ratio']:.2f} | {told} |")
    lines += ["", "| growth | 1,000 people | 1,000,000 people | ratio |", "|---|---|---|---|"]
    for path, few in measured["growth"].items():
        many = measured["growth"].get(path.removesuffix(" 1000") + " 1000000")
        if path.endswith(" 1000") and many:
            name = path.split()[-2]
            for what, place in (("median", 1), ("fastest", 0)):
                times = f"{few[place]:.1f} µs | {many[place]:.1f} µs"
                lines.append(f"| `{name}`, {what} | {times} | {many[place] / few[place]:.2f} |")
    return lines


def ratio(rows, one, other, key="requests_per_s"):
    if one not in rows or other not in rows:
        return None
    return rows[one][key] / rows[other][key]


def written(number):
    return "" if number is None else f"{number:.2f}" if number < 10 else f"{number:.0f}"


def aims(measured):
    lines = ["| aim | figure | |", "|---|---|---|"]
    for aim, figure, bound, at_least in [*outside(measured), *within(measured)]:
        if figure is None:
            lines.append(f"| {aim} | | not measured |")
        else:
            met = figure >= bound if at_least else figure <= bound
            lines.append(f"| {aim} | {written(figure)} | {'met' if met else 'not met'} |")
    return "\n".join(lines) + "\n"


def outside(measured):
    """The aims over HTTP: what, figure, bound, and whether it is a least."""
    served = measured["served"]
    read, create = ("asmxd", "read"), ("asmxd", "create")
    row = served.get(create, {})
    memory = [served[key]["anonymous_mib"] for key in (read, create) if key in served]
    return [
        ("read: ≥ 0.60 of raw hyper's requests/s", ratio(served, read, FLOOR), 0.60, True),
        ("read: ≤ 2.5 of raw hyper's CPU", ratio(served, read, FLOOR, "cpu_us"), 2.5, False),
        ("read: ≥ 3 of gSOAP's requests/s", ratio(served, read, ("gsoap", "read")), 3, True),
        ("create: ≥ 2.5 of gSOAP's requests/s", ratio(served, create, ("gsoap", "create")), 2.5, True),
        ("create, 64 clients: p99 ≤ 6 ms", row.get("p99_ms"), 6, False),
        ("create, 64 clients: worst ≤ 40 ms", row.get("worst_ms"), 40, False),
        (f"anonymous memory under load ≤ {MEMORY_MIB} MiB and 19 a hasher (here 0.01)", max(memory, default=None), MEMORY_MIB, False),
    ]


def within(measured):
    """The aims without HTTP."""
    creates, wire, growth = (measured.get(name, {}) for name in ("creates", "wire", "growth"))

    def of(people, row):
        one, other = creates.get((people, "CreateUser2")), creates.get((people, row))
        return one and other and one["creates_per_s"] / other["creates_per_s"]

    def grown(name, place):
        few, many = (growth.get(f"growth {name} {people}") or growth.get(f"{name} {people}") for people in (1_000, 1_000_000))
        return few and many and many[place] / few[place]

    def allocations(name):
        return wire and wire.get(f"{name} alloc", 0) + wire.get(f"{name} grow", 0) or None

    raw, pool = "raw, one transaction", "pool of 8, a transaction each"
    decode = wire.get("decode_create_user2", (None, None))[1]
    return [
        ("CreateUser2 without HTTP, 1e5 people: ≥ 0.45 of the raw loop", of(100_000, raw), 0.45, True),
        ("CreateUser2 without HTTP, 1e6 people: ≥ 0.50 of the raw loop", of(1_000_000, raw), 0.50, True),
        ("CreateUser2 without HTTP, 1e5 people: ≥ 7 of a pool's", of(100_000, pool), 7, True),
        ("CreateUser2 without HTTP, 1e6 people: ≥ 7 of a pool's", of(1_000_000, pool), 7, True),
        ("decode of CreateUser2: ≤ 2.2 µs", decode, 2.2, False),
        ("decode of CreateUser2: ≤ 4 allocations, grown ones included", allocations("decode_create_user2"), 4, False),
        ("encode of 200 agents: 1 allocation, grown ones included", allocations("encode_200_agents"), 1, False),
        ("read among 1e6 people: ≤ 1.3 of 1e3", grown("person get_users_properties_by_username", 1), 1.3, False),
        ("page among 1e6 people: ≤ 1.4 of 1e3", grown("list list_users_by_username", 1), 1.4, False),
        ("create among 1e6 people: ≤ 2 of 1e3 (fastest)", grown("change create_user2", 0), 2, False),
        ("start among 1e6 people: < 100 ms", measured.get("start_ms"), 100, False),
    ]
