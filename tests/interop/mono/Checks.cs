// Counting checks. The first check that fails ends the run with one sentence
// that tells what was expected and what was seen.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

public class CheckFailed : Exception
{
    public CheckFailed(string sentence) : base(sentence) { }
}

public class Checks
{
    readonly string label;

    public int Passed { get; private set; }

    public Checks(string label)
    {
        this.label = label;
    }

    /// `seen` has to be `expected`; lists are compared item by item.
    public void Equal(string what, object expected, object seen)
    {
        Judge(Same(expected, seen), what, Text(expected), seen);
    }

    /// `condition` has to be true; `wanted` says in words what it asks for.
    public void Holds(string what, string wanted, bool condition, object seen)
    {
        Judge(condition, what, wanted, seen);
    }

    /// `list` has to be there and to have `expected` in it.
    public void Has(string what, object expected, IEnumerable list)
    {
        var found = list != null && list.Cast<object>().Contains(expected);
        Judge(found, what, Text(expected) + " in the list", list);
    }

    void Judge(bool good, string what, string wanted, object seen)
    {
        if (!good)
            throw new CheckFailed($"{label}: {what}: expected {wanted}, saw {Text(seen)}.");
        Passed++;
    }

    static bool Same(object expected, object seen)
    {
        if (IsList(expected) && IsList(seen))
            return Items(expected).SequenceEqual(Items(seen));
        return Equals(expected, seen);
    }

    static string Text(object value)
    {
        if (value == null)
            return "nothing";
        if (IsList(value))
            return "[" + string.Join(", ", Items(value).Select(Text)) + "]";
        return value is string ? $"\"{value}\"" : value.ToString();
    }

    static bool IsList(object value) => value is IEnumerable && !(value is string);

    static IEnumerable<object> Items(object list) => ((IEnumerable)list).Cast<object>();
}
