// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/bodyeditor.h>

#include <QtCore/qcoreevent.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <json/write.h>
#include <request/bodypages.h>
#include <request/fieldtable.h>
#include <request/jsonhighlighter.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

using collection::BodyKind;

constexpr int underSend = 3; ///< the frame around Send

constexpr int keptRole = Qt::UserRole + 1; ///< the word of the file for what BodyKind has not

enum Page
{
    NonePage,
    TextPage,
    FormPage,
    PartsPage,
    FilePage
};

Page pageOf(BodyKind kind, const std::string& kept)
{
    if (kind == BodyKind::None)
        return kept == "multipart-form" ? PartsPage : kept == "file" ? FilePage : NonePage;
    return kind == BodyKind::Form ? FormPage : TextPage;
}

QWidget* atTop(QWidget* widget)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(widget);
    column->addStretch(1);
    return page;
}

} // namespace

QString shortWord(const collection::Entry& entry)
{
    switch (entry.bodyKind) {
    case collection::BodyKind::Json:
        return QStringLiteral("JSON");
    case collection::BodyKind::Text:
        return QObject::tr("text");
    case collection::BodyKind::Xml:
        return QStringLiteral("XML");
    case collection::BodyKind::Form:
        return QObject::tr("form");
    case collection::BodyKind::Sparql:
        return QStringLiteral("SPARQL");
    case collection::BodyKind::None:
        break;
    }
    if (entry.kept.body == "multipart-form")
        return QObject::tr("multipart");
    return toQString(visible(entry.kept.body)).left(40);
}

BodyEditor::BodyEditor(RequestForm* form, QWidget* parent)
    : QWidget(parent),
      m_form(form),
      m_pages(new QStackedWidget),
      m_text(new QPlainTextEdit),
      m_none(mutedLabel()),
      m_parts(new MultipartPage(form->details())),
      m_file(new BodyFilePage(form->details()))
{
    m_text->setFont(monoFont());
    setKind(m_text, "bare");
    m_text->document()->setDocumentMargin(space::large);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    setNames(m_text, QStringLiteral("requestBody"), tr("Request body"));
    new JsonHighlighter(m_text->document());
    m_none->setWordWrap(true);
    m_none->setContentsMargins(space::large, space::medium, space::large, space::medium);
    m_pages->addWidget(atTop(m_none));
    m_pages->addWidget(m_text);
    m_pages->addWidget(
        atTop(new FieldTable(form->formFields(), QStringLiteral("requestForm"), tr("Form fields"))));
    m_pages->addWidget(m_parts);
    m_pages->addWidget(atTop(m_file));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_pages, 1);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        // Qt's text has lost the line ends of the file; it only counts once somebody types.
        if (!m_loading && m_text->document()->isModified())
            m_form->setBody(m_text->toPlainText());
    });
}

QWidget* BodyEditor::makeBar()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(space::large, space::tiny, space::large + underSend, space::tiny);
    m_kind = new ChevronBox;
    setNames(m_kind, QStringLiteral("bodyKind"), tr("Kind of body"));
    m_kind->addItem(tr("None"), static_cast<int>(BodyKind::None));
    m_kind->addItem(tr("JSON"), static_cast<int>(BodyKind::Json));
    m_kind->addItem(tr("Text"), static_cast<int>(BodyKind::Text));
    m_kind->addItem(tr("XML"), static_cast<int>(BodyKind::Xml));
    m_kind->addItem(tr("SPARQL"), static_cast<int>(BodyKind::Sparql));
    m_kind->addItem(tr("Form"), static_cast<int>(BodyKind::Form));
    for (const auto& [title, kept] :
         {std::pair(tr("Multipart form"), "multipart-form"), std::pair(tr("File"), "file")}) {
        m_kind->addItem(title, static_cast<int>(BodyKind::None));
        m_kind->setItemData(m_kind->count() - 1, QString::fromLatin1(kept), keptRole);
    }
    m_problem = captionLabel();
    setKind(m_problem, "warn");
    m_problem->setObjectName(QStringLiteral("bodyProblem"));
    m_problem->setWordWrap(true);
    m_format = linkButton(tr("Format"), QStringLiteral("formatBody"));
    m_format->setToolTip(tr("New line ends and indents; nothing else changes"));
    row->addWidget(m_kind);
    row->addWidget(m_problem, 1);
    row->addWidget(m_format);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_loading && m_kind->currentIndex() >= 0)
            choose();
    });
    connect(m_format, &QPushButton::clicked, this, [this] { formatJson(); });
    return bar;
}

void BodyEditor::choose()
{
    const auto kind = static_cast<BodyKind>(m_kind->currentData().toInt());
    const std::string kept = toUtf8(m_kind->currentData(keptRole).toString());
    showKind(kind, kept);
    m_form->setBodyKind(kind, kept);
}

void BodyEditor::showKind(BodyKind kind, const std::string& kept)
{
    m_pages->setCurrentIndex(pageOf(kind, kept));
    m_format->setVisible(kind == BodyKind::Json);
    m_text->document()->findChild<JsonHighlighter*>()->setOn(kind == BodyKind::Json);
    const std::size_t bytes = m_form->details()->details().bytes.size();
    if (kept == collection::bytesBody)
        return m_none->setText(bytes == 0
                                   ? tr("The body was no text, and is gone.")
                                   : tr("A body of %1 that is no text. It is sent as it was; variables "
                                        "are not looked for in it.")
                                         .arg(toQString(formatSize(bytes))));
    m_none->setText(kept.empty() ? tr("This request has no body.")
                                 : tr("A body of the kind %1 is kept in the file and cannot be sent yet: the "
                                      "request stays here.")
                                       .arg(toQString(visible(kept)).left(40)));
}

void BodyEditor::reload()
{
    m_loading = true;
    const collection::Entry entry = m_form->entry();
    const QString kept = entry.bodyKind == BodyKind::None ? toQString(entry.kept.body) : QString();
    int index = -1;
    for (int i = 0; i < m_kind->count() && index < 0; ++i)
        if (m_kind->itemData(i).toInt() == static_cast<int>(entry.bodyKind) &&
            m_kind->itemData(i, keptRole).toString() == kept)
            index = i;
    if (index < 0) {
        // A kind of another program can be chosen again as long as this request is open.
        m_kind->addItem(toQString(visible(entry.kept.body)).left(40), static_cast<int>(BodyKind::None));
        index = m_kind->count() - 1;
        m_kind->setItemData(index, kept, keptRole);
    }
    m_kind->setCurrentIndex(index);
    showKind(entry.bodyKind, toUtf8(kept));
    m_text->setPlainText(toQString(entry.body));
    m_text->document()->setModified(false);
    m_file->reload();
    m_loading = false;
    showProblem();
}

void BodyEditor::setDirectory(const std::string& directory)
{
    m_parts->setDirectory(directory);
    m_file->setDirectory(directory);
}

void BodyEditor::showProblem()
{
    const auto problem = m_form->problemOf(FormField::Body);
    m_problem->setText(problem ? problem->text : QString());
}

void BodyEditor::goTo(const QString& words)
{
    m_text->setFocus();
    m_text->moveCursor(QTextCursor::Start);
    m_text->find(words);
}

void BodyEditor::formatJson()
{
    const Result<json::Document> document = json::parse(toUtf8(m_text->toPlainText()));
    if (!document)
        return showProblem();
    // As an edit, so that it can be undone.
    QTextCursor all(m_text->document());
    all.select(QTextCursor::Document);
    all.insertText(toQString(json::format(document->root(), json::Layout::Pretty)));
}

} // namespace claimcheck::ui
