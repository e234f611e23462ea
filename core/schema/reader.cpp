// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <schema/reader.h>

#include <charconv>

#include <base/text.h>

namespace claimcheck::schema {
namespace {

/// Stands for the address that a schema without one has.
constexpr const char* nowhere = "claimcheck:/schema";

QString withoutFragment(const QUrl& url)
{
    return url.toString(QUrl::RemoveFragment | QUrl::FullyEncoded);
}

/// RFC 6901 §3: ~1 is a slash, ~0 a tilde.
std::string unescaped(const QString& token)
{
    QString text = token;
    return toUtf8(text.replace(QStringLiteral("~1"), QStringLiteral("/"))
                      .replace(QStringLiteral("~0"), QStringLiteral("~")));
}

std::optional<json::Value> childOf(const json::Value& value, const std::string& token)
{
    if (!value.isArray())
        return value.find(token);
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    const bool isIndex = error == std::errc() && end == token.data() + token.size() && index < value.size();
    return isIndex ? std::optional(value.items()[index]) : std::nullopt;
}

} // namespace

Reader::Reader(json::Document document, Draft draft) : m_document(std::move(document)), m_draft(draft) {}

Result<Compiled> Reader::read()
{
    const QUrl base{QString::fromLatin1(nowhere)};
    m_resources.emplace(withoutFragment(base), Place{m_document.root(), base});
    add(m_document.root(), base);
    for (std::size_t i = 0; i < m_references.size() && !m_error; ++i) // following one may find others
        follow(Reference(m_references[i]));
    if (m_error)
        return tl::unexpected(*m_error);
    return Compiled{m_document, m_draft, std::move(m_nodes)};
}

void Reader::reject(const Value& value, const std::string& why, ErrorKind kind)
{
    Position where = json::positionOf(m_document.source(), value.offset());
    where.in = "schema";
    if (!m_error)
        m_error = Error{kind, "the JSON Schema cannot be used", why, "correct the schema", std::move(where)};
}

/// The depth is the text's, which the parser has bounded.
NodeId Reader::add(const Value& value, const QUrl& base)
{
    const auto [known, isNew] = m_known.emplace(value.offset(), static_cast<NodeId>(m_nodes.size()));
    const NodeId id = known->second;
    if (!isNew)
        return id;
    m_nodes.emplace_back();
    if (value.isBool())
        m_nodes[id].always = value.boolean();
    else if (value.isObject())
        readObject(id, value, base);
    else
        reject(value, "a schema is an object, or true or false, and this is neither");
    return id;
}

QUrl Reader::baseOf(const Value& value, const QUrl& around) const
{
    const auto id = value.find(m_draft == Draft::Four ? "id" : "$id");
    if (!id || !id->isString() || value.find("$ref"))
        return around;
    return around.resolved(QUrl(toQString(id->string())));
}

void Reader::readObject(NodeId id, const Value& value, const QUrl& around)
{
    const QUrl base = baseOf(value, around);
    if (base != around)
        m_resources.emplace(base.hasFragment() && !base.fragment().isEmpty()
                                ? base.toString(QUrl::FullyEncoded)
                                : withoutFragment(base),
                            Place{value, base});
    const QUrl outer = std::exchange(m_base, QUrl(withoutFragment(base)));
    Node node;
    // Whatever stands beside a $ref is ignored in these drafts.
    if (const auto reference = value.find("$ref"); reference && reference->isString()) {
        m_references.push_back({id, *reference, m_base.resolved(QUrl(toQString(reference->string())))});
        if (const auto inner = value.find("definitions"))
            definitions(node, *inner);
    } else {
        for (const Keyword* keyword = keywords; keyword->name != nullptr; ++keyword)
            if (const auto found = m_draft >= keyword->since ? value.find(keyword->name) : std::nullopt)
                keyword->read(*this, node, *found);
    }
    m_nodes[id] = std::move(node);
    m_base = outer;
}

std::optional<Reader::Place> Reader::placeOf(const QUrl& target) const
{
    const QString pointer = target.fragment(QUrl::FullyDecoded);
    const bool isName = !pointer.isEmpty() && !pointer.startsWith(QLatin1Char('/'));
    const auto found =
        m_resources.find(isName ? target.toString(QUrl::FullyEncoded) : withoutFragment(target));
    if (found == m_resources.end())
        return std::nullopt;
    Place place = found->second;
    if (isName || pointer.isEmpty())
        return place;
    const QStringList tokens = pointer.mid(1).split(QLatin1Char('/'));
    for (const QString& token : tokens) {
        const auto next = childOf(place.value, unescaped(token));
        if (!next)
            return std::nullopt;
        place = {*next, next->isObject() ? baseOf(*next, place.base) : place.base};
    }
    return place;
}

void Reader::follow(const Reference& reference)
{
    const std::optional<Place> place = placeOf(reference.target);
    const std::string text = visible(reference.value.string());
    if (!place && !m_resources.contains(withoutFragment(reference.target)))
        return reject(reference.value,
                      "\"$ref\": \"" + text + "\" leads to another document, and none is ever fetched",
                      ErrorKind::Refused);
    if (!place)
        return reject(reference.value, "\"$ref\": \"" + text + "\" leads to nothing in it");
    // An $id at the place itself was taken into the base already; taken again, it gives the same.
    m_nodes[reference.node].reference = add(place->value, place->base);
}

static Result<Draft> draftOf(const json::Value& root, Draft assumed)
{
    const auto named = root.find("$schema");
    if (!named)
        return assumed;
    const std::string text = named->string();
    const auto is = [&text](std::string_view draft) { return text.find(draft) != std::string::npos; };
    if (is("/draft-04/"))
        return Draft::Four;
    if (is("/draft-06/"))
        return Draft::Six;
    if (is("/draft-07/"))
        return Draft::Seven;
    return failure(ErrorKind::Refused, "the JSON Schema cannot be used",
                   "\"$schema\" is " + visible(named->text().substr(0, 100)) +
                       ", and this version knows the drafts 4, 6 and 7",
                   "write it in draft 7");
}

Result<Schema> read(json::Document document, Draft assumed)
{
    const Result<Draft> draft = draftOf(document.root(), assumed);
    if (!draft)
        return tl::unexpected(draft.error());
    Result<Compiled> compiled = Reader(std::move(document), *draft).read();
    if (!compiled)
        return tl::unexpected(compiled.error());
    return Schema(std::make_shared<const Compiled>(*std::move(compiled)));
}

} // namespace claimcheck::schema
