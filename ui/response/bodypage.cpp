// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/bodypage.h>

#include <algorithm>

#include <QtCore/qdir.h>
#include <QtCore/qstandardpaths.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <response/moodroles.h>
#include <response/textview.h>
#include <state/bodyfile.h>
#include <state/hexdump.h>
#include <state/textsearch.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// More chips than this in one body would be noise; the Token tab lists them all.
constexpr std::size_t mostChips = 200;
constexpr std::size_t mostHexed = 4u * 1024u * 1024u; ///< bytes; five times as many characters

} // namespace

BodyPage::BodyPage(QWidget* parent)
    : QWidget(parent),
      m_view(new TextView),
      m_picture(new ImagePreview),
      m_views(new QStackedWidget),
      m_note(captionLabel()),
      m_bar(new BodyBar)
{
    setNames(m_view, QStringLiteral("responseBody"), tr("Response body"));
    m_note->setObjectName(QStringLiteral("bodyNote"));
    m_note->setContentsMargins(space::medium, space::tiny, space::medium, space::tiny);
    m_note->setWordWrap(true);
    m_views->addWidget(m_view);
    m_views->addWidget(m_picture);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_note);
    column->addWidget(m_views, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_bar);
    connectBar();
    clear();
}

void BodyPage::connectBar()
{
    connect(m_view, &TextView::chipActivated, this, [this](int chip) {
        if (const std::vector<Place>* places = shownPlaces())
            Q_EMIT tokenActivated(m_tokens[(*places)[static_cast<std::size_t>(chip)].token].token);
    });
    connect(m_bar, &BodyBar::needleChanged, this, &BodyPage::search);
    connect(m_bar, &BodyBar::stepped, this, &BodyPage::step);
    connect(m_bar, &BodyBar::saveRequested, this, &BodyPage::chooseFile);
    connect(m_bar, &BodyBar::copyRequested, this,
            [this] { QGuiApplication::clipboard()->setText(toQString(m_view->text())); });
    connect(m_bar, &BodyBar::formChosen, this, [this](BodyForm form) {
        if (form == BodyForm::Raw || form == BodyForm::Pretty)
            m_prefersRaw = form == BodyForm::Raw;
        showForm();
    });
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
    if (loaded.body.format == BodyFormat::Picture)
        loaded.picture = decodeImage(*loaded.body.raw.text);
    return loaded;
}

void BodyPage::setResponse(const http::Response& response, std::vector<TokenLabel> tokens,
                           const std::string& url)
{
    std::vector<std::string> texts;
    texts.reserve(tokens.size());
    for (const TokenLabel& token : tokens)
        texts.push_back(toUtf8(token.token));
    m_body = response.body;
    m_saveNote.clear();
    m_fileName = suggestedFileName(response, url);
    m_loading.run([response, texts] { return load(response, texts); },
                  [this, tokens = std::move(tokens)](Loaded loaded) {
                      m_tokens = tokens; // not before the places that name them
                      showLoaded(std::move(loaded));
                  });
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
    m_body = {};
    m_saveNote.clear();
    showLoaded({{BodyFormat::Empty, indexed({}), std::nullopt, {}}, {}, {}, {}});
}

void BodyPage::showNotes()
{
    QStringList notes{m_loaded.body.note, m_formNote, m_saveNote};
    notes.removeAll(QString());
    m_note->setText(notes.join(u'\n'));
    m_note->setVisible(!notes.isEmpty());
}

void BodyPage::showLoaded(Loaded loaded)
{
    m_loaded = std::move(loaded);
    chooseForm();
    showForm();
}

void BodyPage::chooseForm()
{
    std::set<BodyForm> possible{BodyForm::Raw, BodyForm::Hex};
    BodyForm best = m_loaded.body.format == BodyFormat::Binary ? BodyForm::Hex : BodyForm::Raw;
    if (m_loaded.body.pretty) {
        possible.insert(BodyForm::Pretty);
        best = m_prefersRaw ? BodyForm::Raw : BodyForm::Pretty;
    }
    if (m_loaded.body.format == BodyFormat::Picture) {
        possible.insert(BodyForm::Picture);
        best = BodyForm::Picture;
    }
    m_bar->setForms(possible, best);
}

void BodyPage::showForm()
{
    const BodyForm form = m_bar->form();
    m_hexing.cancel();
    m_formNote.clear();
    showNotes();
    m_views->setCurrentWidget(form == BodyForm::Picture ? static_cast<QWidget*>(m_picture) : m_view);
    m_picture->setImage(m_loaded.picture);
    if (form == BodyForm::Hex)
        showHex();
    else
        showText(form == BodyForm::Pretty && m_loaded.body.pretty ? *m_loaded.body.pretty
                                                                  : m_loaded.body.raw);
}

void BodyPage::showHex()
{
    const auto raw = m_loaded.body.raw.text;
    if (raw->size() > mostHexed)
        m_formNote = tr("Only the first %1 of %2 are shown in hex.")
                         .arg(toQString(formatSize(mostHexed)), toQString(formatSize(raw->size())));
    showNotes();
    m_hexing.run([raw] { return indexed(hexDump(std::string_view(*raw).substr(0, mostHexed))); },
                 [this](const IndexedText& hex) { showText(hex); });
}

void BodyPage::showText(const IndexedText& text)
{
    const bool json = m_loaded.body.format == BodyFormat::Json && m_bar->form() != BodyForm::Hex;
    m_shown = text;
    m_view->setText(text, json ? Colouring::Json : Colouring::None);
    m_view->setFoldable(m_bar->form() == BodyForm::Pretty && m_loaded.body.pretty.has_value());
    showChips();
    search();
}

/// Of the text that is shown; nothing where it is neither of the two.
const std::vector<BodyPage::Place>* BodyPage::shownPlaces() const
{
    const BodyForm form = m_bar->form();
    if (form == BodyForm::Pretty && m_loaded.body.pretty)
        return &m_loaded.inPretty;
    return form == BodyForm::Raw ? &m_loaded.inRaw : nullptr;
}

void BodyPage::showChips()
{
    std::vector<TextChip> chips;
    if (const std::vector<Place>* places = shownPlaces())
        for (const Place& place : *places) {
            const TokenLabel& token = m_tokens[place.token];
            chips.push_back({place.offset, toUtf8(token.token).size(), token.text, textRole(token.mood),
                             fillRole(token.mood)});
        }
    m_view->setChips(std::move(chips));
}

void BodyPage::search()
{
    const std::string needle = toUtf8(m_bar->needle());
    m_searching.run([text = m_shown.text, needle] { return findAll(*text, needle); },
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
    m_view->showMatch(m_match);
    m_bar->showMatch(m_match, m_matches, m_matches == mostMatches);
}

void BodyPage::chooseFile()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    const QString start = folder.exists() ? folder.filePath(m_fileName) : QDir::home().filePath(m_fileName);
    const QString path = QFileDialog::getSaveFileName(this, tr("Save body to a file"), start);
    if (!path.isEmpty())
        saveTo(path);
}

void BodyPage::saveTo(const QString& path)
{
    m_saving.run([body = m_body, path] { return saveBody(body, path); },
                 [this, path](const Result<void>& saved) {
                     m_saveNote = saved ? tr("Saved to %1.").arg(toQString(visible(toUtf8(path))))
                                        : toQString(visible(describe(saved.error())));
                     showNotes();
                 });
}

} // namespace claimcheck::ui
