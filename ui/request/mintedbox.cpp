// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/mintedbox.h>

#include <QtCore/qcoreevent.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>

#include <base/text.h>
#include <base/time.h>
#include <jose/algorithm.h>
#include <request/jsonhighlighter.h>
#include <request/secretedit.h>
#include <state/requestproblems.h>
#include <store/durationtext.h>
#include <store/mintedwrite.h>
#include <store/ownfiles.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

using collection::MintedToken;

enum MintedWhere
{
    BearerHeader,
    RawHeader,
    OtherHeader,
    QueryParameter
};

constexpr const char* bearerPrefix = "Bearer ";
constexpr const char* authorizationHeader = "Authorization";
constexpr int claimsLines = 4;
constexpr int headerLines = 2;

std::string typedInMinted(const QLineEdit* field)
{
    return std::string(trimmed(toUtf8(field->text())));
}

/// What the fields begin with where there is no rule yet.
MintedToken newMinted(const std::string& path)
{
    MintedToken rule;
    rule.path = path;
    rule.algorithm = "HS256";
    rule.lifetime = std::chrono::minutes(5);
    rule.name = authorizationHeader;
    rule.prefix = bearerPrefix;
    return rule;
}

int whereOf(const MintedToken& rule)
{
    if (rule.inQuery)
        return QueryParameter;
    if (rule.name == authorizationHeader && rule.prefix == bearerPrefix)
        return BearerHeader;
    return rule.name == authorizationHeader && rule.prefix.empty() ? RawHeader : OtherHeader;
}

/// Something is typed that no token can be good for.
bool isNoLifetime(const QLineEdit* field)
{
    const std::string typed = typedInMinted(field);
    return !typed.empty() && parseDuration(typed).value_or(Seconds(0)) == Seconds(0);
}

/// As it was read where it says the same; of several lines the last one ends, as in a file.
std::string templateIn(const QPlainTextEdit* field, const std::string& read)
{
    std::string text(trimmed(toUtf8(field->toPlainText())));
    if (text == trimmed(read))
        return read;
    return text.find('\n') == std::string::npos ? text : text + '\n';
}

void putChanged(QLineEdit* field, const QString& before, const QString& now)
{
    if (before != now)
        field->setText(now);
}

void putChanged(QPlainTextEdit* field, const QString& before, const QString& now)
{
    if (before != now)
        field->setPlainText(now);
}

} // namespace

/// What the fields show of a rule.
struct MintedBox::Shown
{
    QString algorithm;
    QString key;
    QString file;
    QString passphrase;
    bool isWeak = false;
    QString claims;
    QString lifetime;
    QString header;
    int where = -1;
    QString name;
    QString prefix;

    bool isSamePlace(const Shown& other) const
    {
        return where == other.where && name == other.name && prefix == other.prefix;
    }
};

MintedBox::MintedBox(QWidget* parent)
    : RuleBox(QStringLiteral("mintedProblem"), tr("What is wrong with the token to be made"), parent),
      m_algorithm(new ChevronBox),
      m_key(new SecretEdit),
      m_file(new QLineEdit),
      m_passphrase(new SecretEdit),
      m_weak(new QCheckBox(tr("Even with a weak key"))),
      m_claims(nullptr),
      m_lifetime(new QLineEdit),
      m_header(nullptr),
      m_where(new ChevronBox),
      m_name(new QLineEdit),
      m_prefix(new QLineEdit)
{
    addKeyRows();
    addTextRows();
    addPlaceRows();
    QLabel* about =
        captionLabel(tr("Written into .claimcheck/sessions.yaml. What the key's variable stands for "
                        "belongs into an environment, as a secret. iat is always added."));
    about->setWordWrap(true);
    column()->addWidget(about);
    for (ChevronBox* box : {m_algorithm, m_where})
        letShrink(box);
    connect(m_algorithm, &QComboBox::activated, this, &MintedBox::commit);
    connect(m_where, &QComboBox::activated, this, &MintedBox::choosePlace);
    connect(m_weak, &QCheckBox::clicked, this, &MintedBox::commit);
    showRule(Shown(), shownOf(read()));
}

void MintedBox::addKeyRows()
{
    setNames(m_algorithm, QStringLiteral("mintedAlgorithm"), tr("Algorithm that signs the token"));
    for (const jose::Algorithm& algorithm : jose::algorithms())
        m_algorithm->addItem(toQString(algorithm.name));
    form()->addRow(tr("Algorithm"), leftLine({m_algorithm}));
    addLine(m_key, QStringLiteral("mintedKey"), tr("Key"),
            tr("Variable with the key: a secret, a PEM or a JWK"));
    m_key->setPlaceholderText(QStringLiteral("{{signingKey}}"));
    setNames(m_file, QStringLiteral("mintedKeyFile"), tr("File with the key: PEM, DER or JWK"));
    m_file->setPlaceholderText(QStringLiteral("keys/dev.pem"));
    form()->addRow(tr("or its file"),
                   makeFileLine(m_file, FileUse::Certificate, QStringLiteral("chooseMintedKeyFile"),
                                tr("Choose a key file…")));
    addLine(m_passphrase, QStringLiteral("mintedPassphrase"), tr("Passphrase"),
            tr("Variable with the passphrase of the key"));
    m_passphrase->setPlaceholderText(tr("{{keyPass}}, of a key that is encrypted"));
    setNames(m_weak, QStringLiteral("mintedWeak"), m_weak->text());
    form()->addRow(QString(), m_weak);
}

void MintedBox::addTextRows()
{
    m_claims = addText(QStringLiteral("mintedClaims"), tr("Claims"),
                       tr("Claims of the token as a JSON object"), claimsLines);
    m_claims->setPlaceholderText(QStringLiteral("{\"sub\": \"{{user}}\"}"));
    addLine(m_lifetime, QStringLiteral("mintedLifetime"), tr("Good for"), tr("Time until the token expires"));
    m_lifetime->setPlaceholderText(tr("30s, 5m, 1h; empty: without end"));
    m_header = addText(QStringLiteral("mintedHeader"), tr("Header"),
                       tr("More of the token's header than alg and typ, as a JSON object"), headerLines);
    m_header->setPlaceholderText(QStringLiteral("{\"kid\": \"dev-1\"}"));
}

void MintedBox::addPlaceRows()
{
    setNames(m_where, QStringLiteral("mintedWhere"), tr("Where the token goes"));
    m_where->addItems({tr("Authorization: Bearer TOKEN"), tr("Authorization: TOKEN"), tr("Another header"),
                       tr("Query parameter")});
    form()->addRow(tr("Goes into"), leftLine({m_where}));
    addLine(m_name, QStringLiteral("mintedName"), tr("Its name"),
            tr("Name of the header or query parameter"));
    addLine(m_prefix, QStringLiteral("mintedPrefix"), tr("Before the token"),
            tr("Text before the token in the header, with the space behind it"));
    m_prefix->setPlaceholderText(tr("nothing"));
}

void MintedBox::addLine(QLineEdit* field, const QString& objectName, const QString& label,
                        const QString& title)
{
    setNames(field, objectName, title);
    field->setFont(monoFont());
    form()->addRow(label, field);
    connect(field, &QLineEdit::editingFinished, this, &MintedBox::commit);
}

QPlainTextEdit* MintedBox::addText(const QString& objectName, const QString& label, const QString& title,
                                   int lines)
{
    auto* field = new QPlainTextEdit;
    setNames(field, objectName, title);
    field->setFont(monoFont());
    field->setTabChangesFocus(true);
    insetText(field);
    field->setFixedHeight(lines * QFontMetrics(monoFont()).lineSpacing() + 2 * space::field + 4);
    (new JsonHighlighter(field->document()))->setOn(true);
    field->installEventFilter(this);
    form()->addRow(label, field);
    return field;
}

bool MintedBox::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut && (watched == m_claims || watched == m_header))
        commit();
    return RuleBox::eventFilter(watched, event);
}

/// What is typed is looked at again: what was wrong with it may be so no more, or still is.
void MintedBox::setPlace(const MintedPlace& place)
{
    if (place == m_place)
        return;
    const Shown before = shownOf(read());
    m_place = place;
    showRule(before, shownOf(read()));
    showProblem(edit() ? problem() : QString());
}

MintedToken MintedBox::read() const
{
    return m_place.rule.value_or(newMinted(m_place.path));
}

MintedBox::Shown MintedBox::shownOf(const MintedToken& rule)
{
    Shown shown;
    shown.algorithm = toQString(visible(rule.algorithm));
    shown.key = toQString(rule.key);
    shown.file = toQString(rule.keyFile);
    shown.passphrase = toQString(rule.passphrase);
    shown.isWeak = rule.allowWeakKey;
    shown.claims = toQString(std::string(trimmed(rule.claims)));
    shown.lifetime = rule.lifetime ? toQString(store::durationText(*rule.lifetime)) : QString();
    shown.header = toQString(std::string(trimmed(rule.header)));
    shown.where = whereOf(rule);
    const bool isUsual = shown.where == QueryParameter ? rule.name == store::usualMintedName(true)
                                                       : shown.where != OtherHeader;
    shown.name = isUsual ? QString() : toQString(rule.name);
    shown.prefix = shown.where == OtherHeader ? toQString(rule.prefix) : QString();
    return shown;
}

/// Fields of which the rule says what it said before are left alone, with all that is typed in them.
void MintedBox::showRule(const Shown& before, const Shown& now)
{
    if (before.algorithm != now.algorithm) {
        if (m_algorithm->findText(now.algorithm) < 0)
            m_algorithm->addItem(now.algorithm);
        m_algorithm->setCurrentIndex(m_algorithm->findText(now.algorithm));
    }
    putChanged(m_key, before.key, now.key);
    putChanged(m_file, before.file, now.file);
    putChanged(m_passphrase, before.passphrase, now.passphrase);
    if (before.isWeak != now.isWeak)
        m_weak->setChecked(now.isWeak);
    putChanged(m_claims, before.claims, now.claims);
    putChanged(m_lifetime, before.lifetime, now.lifetime);
    putChanged(m_header, before.header, now.header);
    if (!before.isSamePlace(now)) {
        m_where->setCurrentIndex(now.where);
        m_name->setText(now.name);
        m_prefix->setText(now.prefix);
    }
    showPlaceRows();
}

void MintedBox::showPlaceRows()
{
    const int where = m_where->currentIndex();
    form()->setRowVisible(m_name, where == OtherHeader || where == QueryParameter);
    form()->setRowVisible(m_prefix, where == OtherHeader);
    m_name->setPlaceholderText(where == QueryParameter ? toQString(store::usualMintedName(true))
                                                       : QStringLiteral("X-Token"));
}

/// A header that has no name yet is not wrong before somebody could type it.
void MintedBox::choosePlace()
{
    showPlaceRows();
    if (m_where->currentIndex() == OtherHeader && typedInMinted(m_name).empty())
        m_name->setFocus();
    else
        commit();
}

void MintedBox::takePlace(MintedToken& rule) const
{
    const int where = m_where->currentIndex();
    const std::string name = typedInMinted(m_name);
    const std::string queryPrefix = rule.inQuery ? rule.prefix : std::string(); // it is of no use there
    rule.inQuery = where == QueryParameter;
    rule.name = where == BearerHeader || where == RawHeader ? authorizationHeader
                : rule.inQuery && name.empty()              ? store::usualMintedName(true)
                                                            : name;
    if (rule.inQuery)
        rule.prefix = queryPrefix;
    else if (where == OtherHeader)
        rule.prefix = toUtf8(m_prefix->text());
    else
        rule.prefix = where == BearerHeader ? bearerPrefix : "";
}

MintedToken MintedBox::typed() const
{
    const MintedToken before = read();
    MintedToken rule = before;
    if (m_algorithm->currentText() != toQString(visible(before.algorithm)))
        rule.algorithm = toUtf8(m_algorithm->currentText());
    rule.key = typedInMinted(m_key);
    rule.keyFile = fileIn(m_file);
    rule.passphrase = typedInMinted(m_passphrase);
    rule.allowWeakKey = m_weak->isChecked();
    rule.claims = templateIn(m_claims, before.claims);
    rule.header = templateIn(m_header, before.header);
    rule.lifetime = parseDuration(typedInMinted(m_lifetime));
    takePlace(rule);
    return rule;
}

std::optional<MintedEdit> MintedBox::edit() const
{
    const MintedToken now = typed();
    if (now == read() && !isNoLifetime(m_lifetime))
        return std::nullopt;
    return MintedEdit{m_place.rule, now};
}

QString MintedBox::problem() const
{
    const MintedToken now = typed();
    if (isNoLifetime(m_lifetime))
        return tr("“%1” is no time that a token is good for. Write it as 30s, 5m or 1h, or leave it empty "
                  "for a token without end.")
            .arg(toQString(visible(typedInMinted(m_lifetime))).left(40));
    if (m_place.rule == now)
        return {};
    if (const auto fits = store::checkMinted(m_place.directory, now, m_place.rule); !fits)
        return problemText(fits.error());
    const bool isFileAsRead = m_place.rule && m_place.rule->keyFile == now.keyFile;
    return isFileAsRead ? QString() : problemOfCollectionFile(m_place.directory, now.keyFile);
}

/// What is as it was is not wrong, and what nobody touched yet neither.
void MintedBox::commit()
{
    if (!edit())
        showProblem({});
    Q_EMIT edited();
}

} // namespace claimcheck::ui
