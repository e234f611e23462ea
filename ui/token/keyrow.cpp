// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/keyrow.h>

#include <QtCore/qobject.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qevent.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>

#include <base/text.h>
#include <state/keyinput.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int kindWidth = 56;
constexpr int buttonWidth = 64;

/// A one-line field would lose the line ends of a PEM.
bool looksLikeKey(const QString& text)
{
    const QString start = text.trimmed();
    return start.startsWith(QLatin1String("-----BEGIN")) || start.startsWith(u'{');
}

} // namespace

KeyRow::KeyRow(QWidget* parent)
    : QWidget(parent),
      m_line(new QLineEdit),
      m_kind(mutedLabel(tr("Secret"))),
      m_show(pushButton(tr("Show"), QStringLiteral("showSecret"))),
      m_problem(plainLabel())
{
    setKind(m_problem, "bad");
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("keyProblem"));
    m_problem->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(makeRow());
    column->addWidget(m_problem);
    showSecret(false);
}

QWidget* KeyRow::makeRow()
{
    setNames(m_line, QStringLiteral("tokenKey"), tr("Secret or key that the signature is checked with"));
    m_line->setPlaceholderText(tr("type or paste it to verify"));
    m_line->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_line->setTextMargins(kindWidth, 0, 0, 0);
    m_line->setFont(monoFont());
    m_line->installEventFilter(this);
    m_kind->setParent(m_line);
    m_kind->setGeometry(space::small + 2, 0, kindWidth, space::row);
    connect(m_line, &QLineEdit::textEdited, this, &KeyRow::readTyped);
    m_show->setCheckable(true);
    m_show->setMinimumWidth(buttonWidth);
    connect(m_show, &QPushButton::toggled, this, &KeyRow::showSecret);

    auto* change = pushButton(tr("Change"), QStringLiteral("changeKey"));
    change->setLayoutDirection(Qt::RightToLeft);
    change->setIcon(icon(QStringLiteral("chevron-down")));
    auto* menu = new QMenu(change);
    menu->addAction(tr("Type a secret"), this, [this] {
        typeSecret();
        m_line->setFocus();
    });
    menu->addAction(tr("Paste a key (PEM, JWK, JWKS)"), this, &KeyRow::pasteKey);
    menu->addAction(tr("Open a key file…"), this, &KeyRow::chooseFile);
    change->setMenu(menu);

    auto* part = new QWidget;
    QHBoxLayout* row = lineIn(part);
    row->addWidget(m_line, 1);
    row->addWidget(m_show);
    row->addWidget(change);
    return part;
}

void KeyRow::setRing(const inspect::KeyRing& ring)
{
    const QSignalBlocker quiet(this);
    m_problem->hide();
    if (const Secret typed = typedSecretOf(ring); ring.isEmpty() || !typed.isEmpty()) {
        typeSecret();
        m_line->setText(toQString(typed.reveal()));
    } else {
        showDescription(toQString(visible(describe(ring))));
    }
}

void KeyRow::takeText(const QString& text)
{
    if (!looksLikeKey(text)) {
        typeSecret();
        m_line->setText(text.trimmed());
        readTyped();
        return;
    }
    const Result<inspect::KeyRing> ring = keyRingFromText(Secret(toUtf8(text)));
    if (!ring && asksForPassphrase(ring.error()))
        return Q_EMIT textIsLocked(text);
    take(ring);
}

void KeyRow::openFile(const QString& path)
{
    const Result<inspect::KeyRing> ring = keyRingFromFile(toUtf8(path));
    if (!ring && asksForPassphrase(ring.error()))
        return Q_EMIT fileIsLocked(path);
    take(ring);
}

void KeyRow::focusLine()
{
    m_line->setFocus();
    m_line->selectAll();
}

void KeyRow::take(const Result<inspect::KeyRing>& ring)
{
    if (!ring) {
        m_problem->setText(toQString(visible(describe(ring.error()))));
        m_problem->show();
        return;
    }
    m_problem->hide();
    showDescription(toQString(visible(describe(*ring))));
    Q_EMIT ringChanged(*ring);
}

void KeyRow::readTyped()
{
    const Result<inspect::KeyRing> ring = keyRingFromText(Secret(toUtf8(m_line->text())));
    m_problem->setVisible(!ring);
    if (!ring)
        m_problem->setText(toQString(visible(describe(ring.error()))));
    Q_EMIT ringChanged(ring ? *ring : inspect::KeyRing{});
}

void KeyRow::typeSecret()
{
    const bool hadKey = !m_typed;
    m_typed = true;
    m_kind->setText(tr("Secret"));
    m_line->clear();
    m_line->setReadOnly(false);
    m_show->setVisible(true);
    showSecret(m_show->isChecked());
    if (hadKey)
        Q_EMIT ringChanged({});
}

void KeyRow::showDescription(const QString& text)
{
    m_typed = false;
    m_kind->setText(tr("Key"));
    m_line->setText(text);
    m_line->setCursorPosition(0);
    m_line->setReadOnly(true);
    m_line->setEchoMode(QLineEdit::Normal);
    m_show->setVisible(false);
}

void KeyRow::showSecret(bool on)
{
    m_line->setEchoMode(on || !m_typed ? QLineEdit::Normal : QLineEdit::Password);
    m_show->setText(on ? tr("Hide") : tr("Show"));
}

void KeyRow::pasteKey()
{
    takeText(QGuiApplication::clipboard()->text());
}

void KeyRow::chooseFile()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a key file"), {},
                                     tr("Keys (*.pem *.key *.crt *.cer *.der *.jwk *.json);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

bool KeyRow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Paste) &&
        looksLikeKey(QGuiApplication::clipboard()->text())) {
        pasteKey();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace claimcheck::ui
