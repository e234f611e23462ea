// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/bodypage.h>

#include <algorithm>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <response/moodroles.h>
#include <response/textview.h>
#include <state/textsearch.h>
#include <theme/chevronbox.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

enum Form
{
    Pretty,
    Raw
};

/// More chips than this in one body would be noise; the Token tab lists them all.
constexpr std::size_t mostChips = 200;

} // namespace

BodyPage::BodyPage(QWidget* parent) : QWidget(parent), m_view(new TextView), m_note(captionLabel())
{
    setNames(m_view, QStringLiteral("responseBody"), tr("Response body"));
    m_note->setObjectName(QStringLiteral("bodyNote"));
    m_note->setContentsMargins(space::medium, space::tiny, space::medium, space::tiny);
    m_note->setWordWrap(true);
    m_note->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_note);
    column->addWidget(m_view, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(makeBar());
    connect(m_view, &TextView::chipActivated, this, [this](int chip) {
        const auto& places =
            m_form->currentIndex() == Pretty && m_loaded.body.pretty ? m_loaded.inPretty : m_loaded.inRaw;
        Q_EMIT tokenActivated(m_tokens[places[static_cast<std::size_t>(chip)].token].token);
    });
    clear();
}

QWidget* BodyPage::makeBar()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(space::small, space::tiny, space::small, space::tiny);
    row->setSpacing(space::tiny);
    m_search = new QLineEdit;
    setKind(m_search, "bare");
    setNames(m_search, QStringLiteral("bodySearch"), tr("Find in body"));
    m_search->setPlaceholderText(tr("Find in body"));
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_matchCount = captionLabel();
    m_matchCount->setObjectName(QStringLiteral("bodyMatches"));
    m_previous =
        flatButton(QStringLiteral("chevron-right"), tr("Previous match"), QStringLiteral("previousMatch"));
    m_previous->setIcon({});
    m_previous->setArrowType(Qt::UpArrow);
    m_next = flatButton(QStringLiteral("chevron-down"), tr("Next match"), QStringLiteral("nextMatch"));
    m_next->setIcon({});
    m_next->setArrowType(Qt::DownArrow);
    auto* copy = flatButton(QStringLiteral("copy"), tr("Copy body"), QStringLiteral("copyBody"));
    m_form = new ChevronBox;
    setKind(m_form, "bare");
    setNames(m_form, QStringLiteral("bodyForm"), tr("Form of the body"));
    m_form->addItems({tr("Pretty"), tr("Raw")});
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_search, m_matchCount, m_previous, m_next, copy, m_form})
        row->addWidget(widget, widget == m_search ? 1 : 0);
    connect(m_search, &QLineEdit::textChanged, this, [this] { search(); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { step(1); });
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(toQString(m_view->text())); });
    connect(m_form, &QComboBox::currentIndexChanged, this, [this] { showForm(); });
    return bar;
}

std::vector<BodyPage::Place> BodyPage::placesOf(const std::string& text,
                                                const std::vector<std::string>& tokens)
{
    std::vector<Place> places;
    for (std::size_t token = 0; token < tokens.size() && places.size() < mostChips; ++token) {
        const std::size_t offset = tokens[token].empty() ? std::string::npos : text.find(tokens[token]);
        if (offset != std::string::npos)
            places.push_back({token, offset});
    }
    std::sort(places.begin(), places.end(),
              [](const Place& left, const Place& right) { return left.offset < right.offset; });
    // One token inside of another has no place of its own.
    const auto overlaps = [&tokens](const Place& left, const Place& right) {
        return right.offset < left.offset + tokens[left.token].size();
    };
    places.erase(std::unique(places.begin(), places.end(), overlaps), places.end());
    return places;
}

BodyPage::Loaded BodyPage::load(const http::Response& response, const std::vector<std::string>& tokens)
{
    Loaded loaded;
    loaded.body = readBody(response);
    loaded.inRaw = placesOf(*loaded.body.raw.text, tokens);
    if (loaded.body.pretty)
        loaded.inPretty = placesOf(*loaded.body.pretty->text, tokens);
    return loaded;
}

void BodyPage::setResponse(const http::Response& response, std::vector<TokenLabel> tokens)
{
    std::vector<std::string> texts;
    for (const TokenLabel& token : tokens)
        texts.push_back(toUtf8(token.token));
    m_tokens = std::move(tokens);
    m_loading.run([response, texts] { return load(response, texts); },
                  [this](Loaded loaded) { showLoaded(std::move(loaded)); });
}

void BodyPage::setTokens(std::vector<TokenLabel> tokens)
{
    if (tokens.size() != m_tokens.size())
        return;
    m_tokens = std::move(tokens);
    showChips();
}

void BodyPage::clear()
{
    m_loading.cancel();
    m_tokens.clear();
    showLoaded({{BodyFormat::Empty, indexed({}), std::nullopt, {}}, {}, {}});
}

void BodyPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void BodyPage::showLoaded(Loaded loaded)
{
    m_loaded = std::move(loaded);
    m_form->setEnabled(m_loaded.body.pretty.has_value());
    m_note->setText(m_loaded.body.note);
    m_note->setVisible(!m_loaded.body.note.isEmpty());
    showForm();
}

void BodyPage::showForm()
{
    const bool pretty = m_form->currentIndex() == Pretty && m_loaded.body.pretty;
    const bool json = m_loaded.body.format == BodyFormat::Json;
    m_view->setText(pretty ? *m_loaded.body.pretty : m_loaded.body.raw,
                    json ? Colouring::Json : Colouring::None);
    showChips();
    search();
}

void BodyPage::showChips()
{
    const bool pretty = m_form->currentIndex() == Pretty && m_loaded.body.pretty;
    std::vector<TextChip> chips;
    for (const Place& place : pretty ? m_loaded.inPretty : m_loaded.inRaw) {
        const TokenLabel& token = m_tokens[place.token];
        chips.push_back({place.offset, toUtf8(token.token).size(), token.text, textRole(token.mood),
                         fillRole(token.mood)});
    }
    m_view->setChips(std::move(chips));
}

void BodyPage::search()
{
    const std::string needle = toUtf8(m_search->text());
    const bool pretty = m_form->currentIndex() == Pretty && m_loaded.body.pretty;
    const auto text = (pretty ? *m_loaded.body.pretty : m_loaded.body.raw).text;
    m_searching.run([text, needle] { return findAll(*text, needle); },
                    [this, needle](std::vector<std::size_t> found) {
                        m_matches = found.size();
                        m_match = 0;
                        m_view->setMatches(std::move(found), needle.size());
                        showStep();
                    });
}

void BodyPage::step(int by)
{
    if (m_matches == 0)
        return;
    const auto count = static_cast<long>(m_matches);
    m_match = static_cast<std::size_t>((static_cast<long>(m_match) + by + count) % count);
    showStep();
}

void BodyPage::showStep()
{
    const bool any = m_matches > 0;
    m_previous->setVisible(any);
    m_next->setVisible(any);
    m_view->showMatch(m_match);
    if (m_search->text().isEmpty())
        m_matchCount->clear();
    else
        m_matchCount->setText(any ? tr("%1 of %2%3")
                                        .arg(m_match + 1)
                                        .arg(m_matches)
                                        .arg(m_matches == mostMatches ? QStringLiteral("+") : QString())
                                  : tr("Not found"));
}

} // namespace claimcheck::ui
