// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/valueedit.h>

#include <algorithm>

#include <store/align.h>
#include <store/rows.h>

namespace claimcheck::store {
namespace {

using Kind = YamlOut::Kind;
using Items = std::vector<std::optional<YamlOut>>;

bool isScalar(const YamlOut& value)
{
    return value.kind != Kind::Mapping && value.kind != Kind::Sequence;
}

const YamlOut* find(const YamlOut& mapping, std::string_view key)
{
    const auto found = std::find_if(mapping.pairs.begin(), mapping.pairs.end(),
                                    [key](const YamlOutPair& pair) { return pair.key == key; });
    return found == mapping.pairs.end() ? nullptr : &found->value;
}

Items itemsOf(const YamlValue& list, const ReadOut& read)
{
    Items items;
    for (const YamlValue& item : list.items())
        items.push_back(read(item));
    return items;
}

/// 0: never the same thing. The first pair is what an item is called by.
std::size_t similarity(const std::optional<YamlOut>& old, const YamlOut& wanted)
{
    if (!old || old->kind != wanted.kind)
        return 0;
    if (isSame(*old, wanted))
        return 16;
    if (old->kind != Kind::Mapping)
        return 1;
    std::size_t score = 1;
    for (const YamlOutPair& pair : wanted.pairs)
        if (const YamlOut* value = find(*old, pair.key); value != nullptr && isSame(*value, pair.value))
            score += &pair == &wanted.pairs.front() ? std::size_t{6} : std::size_t{1};
    return std::min<std::size_t>(score, 15);
}

void editItem(YamlEdit& edit, const YamlValue& item, const YamlOut& old, const YamlOut& wanted)
{
    if (isSame(old, wanted))
        return;
    if (wanted.kind == Kind::Mapping)
        editMapping(edit, item, old, wanted);
    else
        edit.replaceScalar(item, wanted, item.node().column);
}

class ListEdit
{
public:
    ListEdit(YamlEdit& edit, const YamlValue& list) : m_edit(edit), m_list(list) {}

    void run(const Items& old, const std::vector<YamlOut>& wanted)
    {
        const std::vector<YamlValue> items = m_list.items();
        const Alignment pairs = align(old.size(), wanted.size(), [&](std::size_t i, std::size_t j) {
            return similarity(old[i], wanted[j]);
        });
        for (const auto& [from, to] : pairs) {
            if (to && !from) {
                m_added.push_back(wanted[*to]);
                continue;
            }
            flush();
            // Between brackets the place behind an item goes with it.
            if (to || !old[*from] || m_list.node().style == YamlStyle::Block)
                m_behind = from;
            if (to)
                editItem(m_edit, items[*from], *old[*from], wanted[*to]);
            else if (old[*from])
                m_edit.eraseItem(m_list, *from);
        }
        flush();
    }

private:
    void flush()
    {
        if (!m_added.empty())
            m_edit.insertItems(m_list, m_behind, m_added);
        m_added.clear();
    }

    YamlEdit& m_edit;
    const YamlValue& m_list;
    std::optional<std::size_t> m_behind;
    std::vector<YamlOut> m_added;
};

bool says(const Items& old, const std::vector<YamlOut>& wanted)
{
    return std::equal(old.begin(), old.end(), wanted.begin(), wanted.end(),
                      [](const std::optional<YamlOut>& a, const YamlOut& b) { return a && isSame(*a, b); });
}

bool hasForeign(const Items& items)
{
    return std::any_of(items.begin(), items.end(), [](const auto& item) { return !item; });
}

/// Only foreign items are there, and none of ours is wanted.
bool saysNothing(const Items& old, const std::vector<YamlOut>& wanted)
{
    return wanted.empty() && std::all_of(old.begin(), old.end(), [](const auto& item) { return !item; });
}

void editPair(YamlEdit& edit, const YamlValue& mapping, const YamlOutPair& wanted, const YamlOut* old)
{
    if (old != nullptr && isSame(*old, wanted.value))
        return;
    const std::optional<YamlValue> present = mapping.find(wanted.key);
    if (present && old != nullptr && present->isMapping() && old->kind == Kind::Mapping &&
        wanted.value.kind == Kind::Mapping && !wanted.value.pairs.empty())
        return editMapping(edit, *present, *old, wanted.value);
    if (present && old != nullptr && present->isSequence() && old->kind == Kind::Sequence &&
        wanted.value.kind == Kind::Sequence && !wanted.value.items.empty() && !old->items.empty() &&
        present->size() == old->items.size())
        return ListEdit(edit, *present).run({old->items.begin(), old->items.end()}, wanted.value.items);
    if (present && isScalar(wanted.value))
        return putText(edit, mapping, wanted.key, wanted.value);
    edit.putIn(mapping, wanted);
}

} // namespace

bool isSame(const YamlOut& a, const YamlOut& b)
{
    const auto samePair = [](const YamlOutPair& x, const YamlOutPair& y) {
        return x.key == y.key && isSame(x.value, y.value);
    };
    return a.kind == b.kind && a.text == b.text &&
           std::equal(a.pairs.begin(), a.pairs.end(), b.pairs.begin(), b.pairs.end(), samePair) &&
           std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), isSame);
}

void editMapping(YamlEdit& edit, const YamlValue& mapping, const YamlOut& old, const YamlOut& wanted)
{
    // What is added stands behind what is there: behind its last line, which an edit inside may be adding to.
    for (const bool isThere : {true, false})
        for (const YamlOutPair& pair : wanted.pairs)
            if (mapping.find(pair.key).has_value() == isThere)
                editPair(edit, mapping, pair, find(old, pair.key));
    for (const YamlOutPair& pair : old.pairs)
        if (find(wanted, pair.key) == nullptr)
            edit.eraseFrom(mapping, pair.key);
}

void editList(YamlEdit& edit, const YamlTree& tree, const std::vector<std::string>& path, const ReadOut& read,
              const std::vector<YamlOut>& wanted)
{
    std::optional<YamlValue> list = tree.root();
    for (const std::string& key : path)
        list = list ? list->find(key) : std::nullopt;
    const bool isList = list && list->isSequence();
    const Items old = isList ? itemsOf(*list, read) : Items();
    if (says(old, wanted) || saysNothing(old, wanted))
        return;
    if (wanted.empty() && !hasForeign(old))
        edit.erase(path);
    else if (old.empty())
        edit.put(path, YamlOut::ofSequence(wanted));
    else
        ListEdit(edit, *list).run(old, wanted);
}

void editListIn(YamlEdit& edit, const YamlValue& mapping, const std::string& key, const ReadOut& read,
                const std::vector<YamlOut>& wanted)
{
    const std::optional<YamlValue> list = mapping.find(key);
    const Items old = list && list->isSequence() ? itemsOf(*list, read) : Items();
    if (says(old, wanted) || saysNothing(old, wanted))
        return;
    if (old.empty() || (wanted.empty() && !hasForeign(old)))
        edit.putIn(mapping, {key, YamlOut::ofSequence(wanted)});
    else
        ListEdit(edit, *list).run(old, wanted);
}

} // namespace claimcheck::store
