// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/secretpage.h>

#include <QtCore/qfileinfo.h>
#include <QtCore/qlocale.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qevent.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qlabel.h>

#include <base/text.h>
#include <theme/widgets.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

QString grouped(quint64 count)
{
    return QLocale(QLocale::English).toString(count);
}

QWidget* boxed(QBoxLayout* layout)
{
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::small);
    auto* part = new QWidget;
    part->setLayout(layout);
    return part;
}

bool isGuessable(const jose::Jws& token)
{
    const std::optional<std::string> alg = token.alg();
    return token.isWellFormed() && alg && alg->starts_with("HS");
}

} // namespace

SecretPage::SecretPage(QWidget* parent)
    : QWidget(parent),
      m_words(mutedLabel()),
      m_file(mutedLabel()),
      m_start(primaryButton(tr("Search"), QStringLiteral("startSearch"))),
      m_forget(linkButton(tr("Without it"), QStringLiteral("forgetWordList"))),
      m_line(new ProgressLine),
      m_tried(captionLabel()),
      m_banner(new Banner)
{
    m_words->setWordWrap(true);
    m_words->setObjectName(QStringLiteral("searchWords"));
    m_banner->setObjectName(QStringLiteral("searchResult"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::inset, space::medium, space::inset, space::large);
    column->setSpacing(space::medium);
    column->addWidget(sectionTitle(tr("Search for the secret")));
    column->addWidget(m_words);
    column->addWidget(makeButtons());
    column->addWidget(makeProgress());
    column->addWidget(m_banner);
    column->addWidget(makeOutcome());
    column->addStretch(1);
    m_banner->hide();
    connect(&m_search, &SecretSearch::progressed, this, [this](quint64 tried, double done) {
        m_line->setDone(done);
        m_tried->setText(tr("%1 tried").arg(grouped(tried)));
    });
    connect(&m_search, &SecretSearch::finished, this,
            [this](const SearchResult& result) { showOutcome(result.outcome); });
    setWordFile({});
    setToken({});
}

QWidget* SecretPage::makeButtons()
{
    QPushButton* choose = pushButton(tr("Add a word list…"), QStringLiteral("chooseWordList"));
    choose->setToolTip(tr("One secret a line; it is read while it is searched, and may be large"));
    connect(choose, &QPushButton::clicked, this, &SecretPage::chooseFile);
    connect(m_start, &QPushButton::clicked, this, &SecretPage::search);
    connect(m_forget, &QPushButton::clicked, this, [this] { setWordFile({}); });
    m_file->setObjectName(QStringLiteral("wordList"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_start);
    row->addWidget(choose);
    row->addWidget(m_file);
    row->addWidget(m_forget);
    row->addStretch(1);
    return boxed(row);
}

QWidget* SecretPage::makeProgress()
{
    QPushButton* stop = pushButton(tr("Cancel"), QStringLiteral("cancelSearch"));
    connect(stop, &QPushButton::clicked, &m_search, &SecretSearch::cancel);
    m_tried->setObjectName(QStringLiteral("searchTried"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_line, 1);
    row->addWidget(m_tried);
    row->addWidget(stop);
    m_progressPart = boxed(row);
    m_progressPart->hide();
    return m_progressPart;
}

QWidget* SecretPage::makeOutcome()
{
    QPushButton* use = pushButton(tr("Verify with it"), QStringLiteral("useFoundSecret"));
    QPushButton* copy = pushButton(tr("Copy it"), QStringLiteral("copyFoundSecret"));
    connect(use, &QPushButton::clicked, this, [this] { Q_EMIT secretFound(m_found); });
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(toQString(m_found.reveal())); });
    auto* row = new QHBoxLayout;
    row->addWidget(use);
    row->addWidget(copy);
    row->addStretch(1);
    m_foundPart = boxed(row);
    m_foundPart->hide();
    return m_foundPart;
}

void SecretPage::setToken(const jose::Jws& token)
{
    if (token.text == m_token.text && !token.text.empty())
        return;
    m_search.drop();
    m_token = token;
    setRunning(false);
    m_banner->hide();
    m_foundPart->hide();
    m_found = {};
    m_start->setEnabled(isGuessable(token));
    m_words->setText(
        isGuessable(token)
            ? tr("Some 104,000 secrets are published in tutorials, sample configurations and leaks. Whoever "
                 "signs "
                 "with one of them shares the key with everybody. The search runs on this machine alone.")
            : tr("Only a token that is signed with a secret (HS256, HS384, HS512) has one to look for."));
}

void SecretPage::setWordFile(const QString& path)
{
    m_wordFile = path;
    m_file->setText(path.isEmpty() ? QString() : shown(toUtf8(QFileInfo(path).fileName()), 80));
    m_forget->setVisible(!path.isEmpty());
}

void SecretPage::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Choose a list of secrets, one a line"));
    if (!path.isEmpty())
        setWordFile(path);
}

void SecretPage::search()
{
    m_banner->hide();
    m_foundPart->hide();
    m_line->setDone(0);
    m_tried->setText(tr("%1 tried").arg(0));
    setRunning(true);
    m_search.start(m_token, toUtf8(m_wordFile));
}

void SecretPage::setRunning(bool running)
{
    m_progressPart->setVisible(running);
    m_start->setEnabled(!running && isGuessable(m_token));
}

void SecretPage::showOutcome(const Result<inspect::GuessOutcome>& outcome)
{
    setRunning(false);
    m_banner->show();
    if (!outcome)
        return m_banner->say(Tone::Bad, tr("Not searched"), toQString(visible(describe(outcome.error()))));
    const QString tried = grouped(outcome->tried);
    m_foundPart->setVisible(outcome->secret.has_value());
    m_found = outcome->secret.value_or(Secret());
    if (outcome->secret)
        m_banner->say(
            Tone::Bad, tr("Found"),
            tr("The secret is “%1”: everybody can sign such tokens. Replace it by a random one. (%2 tried)")
                .arg(shown(m_found.reveal(), 200), tried));
    else if (outcome->isCancelled)
        m_banner->say(Tone::Neutral, tr("Cancelled"), tr("%1 were tried and none of them fits.").arg(tried));
    else
        m_banner->say(Tone::Ok, tr("Not found"), tr("%1 were tried and none of them fits.").arg(tried));
}

void SecretPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_search.isRunning())
        m_search.cancel();
    else
        QWidget::keyPressEvent(event);
}

} // namespace claimcheck::ui
