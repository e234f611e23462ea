// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diff.h"

#include <algorithm>
#include <unordered_map>

namespace claimcheck::json {

static bool isSameScalar(const Value& left, const Value& right)
{
    if (left.text() == right.text())
        return true;
    if (left.isString() && right.isString())
        return left.string() == right.string();
    if (!left.isNumber() || !right.isNumber())
        return false;
    const auto leftInteger = left.integer();
    const auto rightInteger = right.integer();
    if (leftInteger || rightInteger)
        return leftInteger == rightInteger;
    return left.number() && left.number() == right.number();
}

namespace {

/// Recursion is bounded by the depth that the parser allowed.
class Comparison
{
public:
    std::vector<Difference> take() { return std::move(m_found); }

    void compare(const Value& left, const Value& right)
    {
        const bool isNested = left.kind() == right.kind() && left.size() + right.size() > 0;
        if (isNested && left.isObject())
            compareObjects(left, right);
        else if (isNested && left.isArray())
            compareArrays(left, right);
        else
            add(isSame(left, right) ? Change::Same : Change::Changed, left.text(), right.text());
    }

private:
    using Members = std::unordered_map<std::string, Value>;

    static bool isSame(const Value& left, const Value& right)
    {
        const bool isEmptyPair = left.kind() == right.kind() && (left.isObject() || left.isArray());
        return isEmptyPair || isSameScalar(left, right);
    }

    void add(Change change, std::string_view left, std::string_view right)
    {
        m_found.push_back({m_path, change, std::string(left), std::string(right)});
    }

    /// The member that counts of each name: the last.
    static Members membersOf(const Value& object)
    {
        Members members;
        for (const Member& member : object.members())
            members.insert_or_assign(member.name, member.value);
        return members;
    }

    void compareObjects(const Value& left, const Value& right)
    {
        const Members lefts = membersOf(left);
        const Members rights = membersOf(right);
        forEach(left, lefts, [&](const std::string& name, const Value& value) {
            const auto other = rights.find(name);
            if (other == rights.end())
                add(Change::Removed, value.text(), {});
            else
                compare(value, other->second);
        });
        forEach(right, rights, [&](const std::string& name, const Value& value) {
            if (lefts.find(name) == lefts.end())
                add(Change::Added, {}, value.text());
        });
    }

    /// Every name once, in the order of the text, with its path.
    template <typename Look>
    void forEach(const Value& object, const Members& members, Look look)
    {
        for (const Member& member : object.members()) {
            const Value& counting = members.at(member.name);
            if (counting.offset() != member.value.offset())
                continue;
            m_path.push_back(member.name);
            look(member.name, counting);
            m_path.pop_back();
        }
    }

    void compareArrays(const Value& left, const Value& right)
    {
        const std::vector<Value> lefts = left.items();
        const std::vector<Value> rights = right.items();
        for (std::size_t index = 0; index < std::max(lefts.size(), rights.size()); ++index) {
            m_path.push_back(std::to_string(index));
            if (index >= rights.size())
                add(Change::Removed, lefts[index].text(), {});
            else if (index >= lefts.size())
                add(Change::Added, {}, rights[index].text());
            else
                compare(lefts[index], rights[index]);
            m_path.pop_back();
        }
    }

    std::vector<std::string> m_path;
    std::vector<Difference> m_found;
};

} // namespace

std::vector<Difference> compare(const Value& left, const Value& right)
{
    Comparison comparison;
    comparison.compare(left, right);
    return comparison.take();
}

} // namespace claimcheck::json
